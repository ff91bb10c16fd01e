import { answer, client, signInClient } from './client';
import type { ConnectBody } from './types';

export const connect = (body: ConnectBody, signal?: AbortSignal) =>
  answer(signInClient.POST('/api/v1/auth/connect', { body, ...(signal ? { signal } : {}) }));
export const disconnect = (runs: 'finish' | 'cancel') =>
  answer(client.POST('/api/v1/auth/disconnect', { body: { runs } }));
export const fetchMe = (signal: AbortSignal) => answer(client.GET('/api/v1/auth/me', { signal }));
export const switchContext = (body: { role?: string; warehouse?: string; database?: string; schema?: string }) =>
  answer(client.POST('/api/v1/auth/context', { body }));

/** How people may sign in to an account. */
export const fetchSignInOptions = (account: string, signal: AbortSignal) =>
  answer(signInClient.GET('/api/v1/auth/methods', { params: { query: { account } }, signal }));
export const testConnection = (account: string) =>
  answer(signInClient.GET('/api/v1/auth/connection-test', { params: { query: { account } } }));
export const testOwnConnection = () => answer(client.GET('/api/v1/auth/connection-test/own'));
export const fetchFirstSetupSql = (signal: AbortSignal) =>
  answer(signInClient.GET('/api/v1/auth/oauth/setup-sql', { signal }));
export const setUpOauth = (body: { account: string; clientId: string; clientSecret: string }) =>
  answer(signInClient.POST('/api/v1/auth/oauth/setup', { body }));
