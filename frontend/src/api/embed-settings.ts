import { answer, client } from './client';
import type { components } from './generated/schema';

export type EmbedSettings = components['schemas']['EmbedSettingsView'];

export const fetchEmbedSettings = (signal: AbortSignal): Promise<EmbedSettings> =>
  answer(client.GET('/api/v1/admin/embed', { signal }));
export const saveEmbedParents = (parents: string[]): Promise<EmbedSettings> =>
  answer(client.PUT('/api/v1/admin/embed', { body: { parents } }));
