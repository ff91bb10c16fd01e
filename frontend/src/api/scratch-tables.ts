import { answer, client } from './client';
import type { components } from './generated/schema';

export type ScratchTables = components['schemas']['ScratchTablesView'];

export const fetchScratchTables = (signal: AbortSignal): Promise<ScratchTables> =>
  answer(client.GET('/api/v1/admin/scratch-tables', { signal }));
