// What an application with the npm package oauth4webapi does with our tokens. Reads one line of JSON from standard input
// ({issuer, client_id, client_secret, code, code_verifier, redirect_uri, subject_token, ...}), prints one.
import * as oauth from 'oauth4webapi';
import { answer, input } from './steps.mjs';

const { issuer, client_id, client_secret, code, code_verifier, redirect_uri, ...subject } = await input();
const loopback = { [oauth.allowInsecureRequests]: true };
const address = new URL(issuer);
const server = await oauth.processDiscoveryResponse(address, await oauth.discoveryRequest(address, { ...loopback, algorithm: 'oauth2' }));
const client = { client_id };
const secret = oauth.ClientSecretPost(client_secret);

// The code of the redirect flow, as it comes back on the page's own address.
const callback = oauth.validateAuthResponse(server, client, new URLSearchParams({ code, state: 's' }), 's');
const redeem = () => oauth.authorizationCodeGrantRequest(server, client, secret, callback, redirect_uri, code_verifier, loopback);
const redeemed = await oauth.processAuthorizationCodeResponse(server, client, await redeem());
const replayed = await oauth.processAuthorizationCodeResponse(server, client, await redeem()).then(() => 'accepted', (error) => error.error);
const afterReplay = await introspect(redeemed.access_token);

const grant = 'urn:ietf:params:oauth:grant-type:token-exchange';
const exchange = await oauth.genericTokenEndpointRequest(server, client, secret, grant, new URLSearchParams(subject), loopback);
const exchanged = await oauth.processGenericTokenEndpointResponse(server, client, exchange);
const refresh = await oauth.refreshTokenGrantRequest(server, client, secret, exchanged.refresh_token, loopback);
const refreshed = await oauth.processRefreshTokenResponse(server, client, refresh);
const active = await introspect(refreshed.access_token);
const activeRefresh = await introspect(refreshed.refresh_token);
await oauth.processRevocationResponse(await oauth.revocationRequest(server, client, secret, refreshed.access_token, loopback));
const ended = await introspect(refreshed.refresh_token);

const unsigned = await oauth.introspectionRequest(server, client, oauth.None(), refreshed.access_token, loopback);
const unauthenticated = await oauth.processIntrospectionResponse(server, client, unsigned).then(() => 'accepted', (error) => error.error ?? error.name);

answer({ redeemed, replayed, afterReplay, exchanged, refreshed, active, activeRefresh, ended, unauthenticated, server });

async function introspect(token) {
  return oauth.processIntrospectionResponse(server, client, await oauth.introspectionRequest(server, client, secret, token, loopback));
}
