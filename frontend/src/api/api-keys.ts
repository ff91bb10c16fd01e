import { answer, client } from './client';
import type { components } from './generated/schema';

export type ApiKey = components['schemas']['ApiKeyView'];
export type CreatedApiKey = components['schemas']['CreatedApiKey'];
type NewApiKey = components['schemas']['CreateApiKeyRequest'];

export const fetchApiKeys = async (signal: AbortSignal): Promise<ApiKey[]> =>
  (await answer(client.GET('/api/v1/auth/api-keys', { signal }))).items;
export const createApiKey = (body: NewApiKey): Promise<CreatedApiKey> =>
  answer(client.POST('/api/v1/auth/api-keys', { body }));
export const removeApiKey = (id: string) =>
  answer(client.DELETE('/api/v1/auth/api-keys/{id}', { params: { path: { id } } }));

/** A new secret; the old one is taken for so many hours more. */
export const rotateApiKey = ({ id, graceHours }: { id: string; graceHours: number }): Promise<CreatedApiKey> =>
  answer(client.POST('/api/v1/auth/api-keys/{id}/rotate', { params: { path: { id } }, body: { graceHours } }));
