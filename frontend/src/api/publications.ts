import { ApiError } from './api-error';
import { answer, client } from './client';
import type { components } from './generated/schema';

type Schemas = components['schemas'];
export type Publication = Schemas['PublicationView'];
export type PublicationBody = Schemas['PublicationBody'];

/** Null where the workflow is not published. */
export async function fetchPublication(id: string, signal: AbortSignal): Promise<Publication | null> {
  try {
    return await answer(client.GET('/api/v1/workflows/{id}/publication', { params: { path: { id } }, signal }));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

export const savePublication = (id: string, body: PublicationBody): Promise<Publication> =>
  answer(client.PUT('/api/v1/workflows/{id}/publication', { params: { path: { id } }, body }));

export const removePublication = (id: string) =>
  answer(client.DELETE('/api/v1/workflows/{id}/publication', { params: { path: { id } } }));
