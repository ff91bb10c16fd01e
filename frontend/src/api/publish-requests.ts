import { answer, client } from './client';
import type { components } from './generated/schema';
import type { Page } from './types';

export type PublishRequest = components['schemas']['PublishRequestView'];
export type PublishDecision = components['schemas']['PublishDecisionBody'];

/** Those that wait first, then what was said to the newest. */
export const fetchPublishRequests = async (signal: AbortSignal): Promise<PublishRequest[]> => {
  const page: Page<PublishRequest> = await answer(client.GET('/api/v1/publish-requests', { signal }));
  return page.items;
};

export const decidePublish = (id: string, body: PublishDecision): Promise<PublishRequest> =>
  answer(client.POST('/api/v1/publish-requests/{id}/decision', { params: { path: { id } }, body }));
