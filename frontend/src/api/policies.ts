import { answer, client } from './client';
import type { components } from './generated/schema';

export type Policies = components['schemas']['PoliciesView'];

/** What holds for whoever is signed in. */
export const fetchPoliciesInForce = (signal: AbortSignal): Promise<Policies> =>
  answer(client.GET('/api/v1/policies', { signal }));

export const fetchPolicies = (signal: AbortSignal): Promise<Policies> =>
  answer(client.GET('/api/v1/admin/policies', { signal }));
export const savePolicies = (body: Policies): Promise<Policies> =>
  answer(client.PUT('/api/v1/admin/policies', { body }));
