// What an application with the npm package openid-client does with our tokens. Reads one line of JSON from standard input
// ({issuer, client_id, client_secret, refresh_token, subject_token, subject_token_type, subject_issuer}), prints one.
import * as oidc from 'openid-client';
import { answer, input } from './steps.mjs';

const { issuer, client_id: id, client_secret: secret, refresh_token, ...subject } = await input();
const options = { execute: [oidc.allowInsecureRequests] };
const config = await oidc.discovery(new URL(issuer), id, secret, oidc.ClientSecretBasic(secret), options);

const exchanged = await oidc.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:token-exchange', subject);
const refreshed = await oidc.refreshTokenGrant(config, exchanged.refresh_token);
const active = await oidc.tokenIntrospection(config, refreshed.access_token);
await oidc.tokenRevocation(config, refreshed.refresh_token, { token_type_hint: 'refresh_token' });
const ended = await oidc.tokenIntrospection(config, refreshed.access_token);
const again = await oidc.refreshTokenGrant(config, refreshed.refresh_token).then(() => 'accepted', (error) => error.error);
const stranger = await oidc.refreshTokenGrant(config, refresh_token).then(() => 'accepted', (error) => error.error);

const plain = await oidc.discovery(new URL(issuer), 'page', undefined, oidc.None(), { ...options, algorithm: 'oauth2' });
const page = await oidc.refreshTokenGrant(plain, refresh_token);

answer({ exchanged, refreshed, active, ended, again, stranger, page, metadata: config.serverMetadata() });
