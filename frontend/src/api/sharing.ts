import { answer, client } from './client';
import type { components } from './generated/schema';

export type Share = components['schemas']['ShareView'];

const at = (id: string) => ({ params: { path: { id } } });

export const fetchShares = (id: string) => answer(client.GET('/api/v1/workflows/{id}/shares', at(id)));
export const saveShares = (id: string, items: Share[]) =>
  answer(client.PUT('/api/v1/workflows/{id}/shares', { ...at(id), body: { items } }));
export const saveTags = (id: string, tags: string[]) =>
  answer(client.PUT('/api/v1/workflows/{id}/tags', { ...at(id), body: { tags } }));
export const transferWorkflow = (id: string, username: string) =>
  answer(client.PUT('/api/v1/workflows/{id}/owner', { ...at(id), body: { username } }));
export const restoreWorkflow = (id: string) => answer(client.POST('/api/v1/workflows/{id}/restore', at(id)));
export const removeForever = (id: string) =>
  answer(client.DELETE('/api/v1/workflows/{id}', { params: { path: { id }, query: { forever: 'true' } } }));
