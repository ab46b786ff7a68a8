// What a resource server with the npm package jose does: validates our access tokens from the published keys alone. Reads one line
// of JSON from standard input ({jwks_uri, issuer, audience, algorithm, tokens}), prints one: for each token its claims or the refusal.
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { answer, input } from './steps.mjs';

const { jwks_uri, issuer, audience, algorithm, tokens } = await input();
const keys = createRemoteJWKSet(new URL(jwks_uri), { cooldownDuration: 0 });
const rules = { issuer, audience, typ: 'at+jwt', algorithms: [algorithm], requiredClaims: ['sub', 'sid', 'iat', 'exp', 'jti', 'auth_time'] };
const results = {};
for (const [name, token] of Object.entries(tokens)) {
  results[name] = await jwtVerify(token, keys, rules).then(({ payload }) => payload, (error) => ({ refused: error.code }));
}

answer(results);
