import { answer, client } from './client';
import type { components } from './generated/schema';

export type SessionItem = components['schemas']['SessionListItem'];

export const fetchSessions = async (signal: AbortSignal): Promise<SessionItem[]> =>
  (await answer(client.GET('/api/v1/auth/sessions', { signal }))).items;
export const endSession = (id: string) =>
  answer(client.DELETE('/api/v1/auth/sessions/{id}', { params: { path: { id } } }));
export const endAllSessions = () => answer(client.DELETE('/api/v1/auth/sessions'));
