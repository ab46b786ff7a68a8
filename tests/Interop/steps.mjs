// One line of JSON in, one line out.
import { createInterface } from 'node:readline';

export async function input() {
  for await (const line of createInterface({ input: process.stdin })) {
    return JSON.parse(line);
  }

  throw new Error('Standard input closed without a line.');
}

export function answer(result) {
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
}
