// An OpenID Provider on a free port of 127.0.0.1, until standard input closes. Prints one line of JSON: {"issuer"}.
// Anybody signs in under any login; verified e-mail unless the login begins with "unverified".
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

// A native client's loopback addresses match with any port (RFC 8252 7.3).
const redirectUris = ['http://127.0.0.1/callback', 'http://127.0.0.1/auth/acme/callback'];
const client = (id) => ({
  client_id: id,
  client_secret: `${id}-secret-of-the-interop-tests`,
  redirect_uris: redirectUris,
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: 'client_secret_basic',
  introspection_endpoint_auth_method: 'client_secret_basic',
  application_type: 'native',
});

const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [client('cambio'), client('other')],
  claims: {
    openid: ['sub'],
    profile: ['name', 'given_name', 'family_name', 'preferred_username', 'picture', 'locale'],
    email: ['email', 'email_verified'],
  },
  scopes: ['openid', 'profile', 'email', 'offline_access'],
  pkce: { required: () => true },
  features: {
    introspection: { enabled: true, allowedPolicy: () => true },
    revocation: { enabled: true },
  },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      name: `${id} of Interop`,
      given_name: id,
      family_name: 'of Interop',
      preferred_username: id,
      email: `${id}@interop.example`,
      email_verified: !id.startsWith('unverified'),
      picture: `https://interop.example/${id}.png`,
      locale: 'en',
    }),
  }),
  cookies: { keys: ['interop-only'] },
});

server.on('request', provider.callback());
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
process.stdout.write(`${JSON.stringify({ issuer })}\n`);
