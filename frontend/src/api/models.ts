import { answer, client } from './client';
import type { components } from './generated/schema';

export type Model = components['schemas']['ModelView'];

export const fetchModels = async (signal: AbortSignal): Promise<Model[]> =>
  (await answer(client.GET('/api/v1/models', { signal }))).items;
