// Runs the script of the popup page where window and document are stand-ins. Reads one line of JSON from standard input
// ({script, has_opener, elements: {id: dataset}}), prints one: what was posted to whom, and whether the window was closed.
import { createContext, runInContext } from 'node:vm';
import { answer, input } from './steps.mjs';

const { script, has_opener, elements } = await input();
const posted = [];
let closed = false;
const window = {
  opener: has_opener ? { postMessage: (message, origin) => posted.push({ message, origin }) } : null,
  close: () => { closed = true; },
};
const document = { getElementById: (id) => ({ dataset: elements[id] }) };
runInContext(script, createContext({ window, document, JSON }));
answer({ posted, closed });
