import { answer, client, signInClient } from './client';
import type { ConnectBody } from './types';

export const connect = (body: ConnectBody) => answer(signInClient.POST('/api/v1/auth/connect', { body }));
export const disconnect = () => answer(client.POST('/api/v1/auth/disconnect', { body: {} }));
export const fetchMe = (signal: AbortSignal) => answer(client.GET('/api/v1/auth/me', { signal }));
export const switchContext = (body: { role?: string; warehouse?: string }) =>
  answer(client.POST('/api/v1/auth/context', { body }));
