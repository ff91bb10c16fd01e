import { answer, client } from './client';
import type { components } from './generated/schema';

export type OutsideHost = components['schemas']['OutsideHost'];
export type HeldTag = components['schemas']['HeldTag'];
export type OutsideCredential = components['schemas']['OutsideCredentialView'];
export type NewOutsideCredential = components['schemas']['NewOutsideCredential'];
export type OutsideCall = components['schemas']['OutsideCallView'];

export const fetchOutsideHosts = async (signal: AbortSignal): Promise<OutsideHost[]> =>
  (await answer(client.GET('/api/v1/admin/outside-hosts', { signal }))).hosts;
/** Replaces the whole list. */
export const saveOutsideHosts = async (hosts: OutsideHost[]): Promise<OutsideHost[]> =>
  (await answer(client.PUT('/api/v1/admin/outside-hosts', { body: { hosts } }))).hosts;

export const fetchHeldTags = async (signal: AbortSignal): Promise<HeldTag[]> =>
  (await answer(client.GET('/api/v1/admin/held-tags', { signal }))).tags;
/** Replaces the whole list. */
export const saveHeldTags = async (tags: HeldTag[]): Promise<HeldTag[]> =>
  (await answer(client.PUT('/api/v1/admin/held-tags', { body: { tags } }))).tags;

export const fetchOutsideCredentials = async (signal: AbortSignal): Promise<OutsideCredential[]> =>
  (await answer(client.GET('/api/v1/admin/outside-credentials', { signal }))).items;
export const addOutsideCredential = (body: NewOutsideCredential): Promise<OutsideCredential> =>
  answer(client.POST('/api/v1/admin/outside-credentials', { body }));
export const removeOutsideCredential = (credentialId: string) =>
  answer(client.DELETE('/api/v1/admin/outside-credentials/{credentialId}', { params: { path: { credentialId } } }));

/** A page of what was called, the newest first. */
export const fetchOutsideCalls = (cursor: string | null, signal: AbortSignal) =>
  answer(
    client.GET('/api/v1/admin/outside-calls', {
      params: { query: { limit: 50, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
