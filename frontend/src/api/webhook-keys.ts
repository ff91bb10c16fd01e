import { answer, client } from './client';
import type { components } from './generated/schema';

export type WebhookKey = components['schemas']['WebhookKeyView'];
/** A key by what can be told of it. */
export type WebhookKeyFacts = Omit<WebhookKey, 'secret'>;

const fetchKeys = async (signal?: AbortSignal): Promise<WebhookKey[]> =>
  (await answer(client.GET('/api/v1/admin/webhook-key', signal ? { signal } : {}))).keys;

/** The newest first, without their secrets: what is kept to be shown holds none. */
export const fetchWebhookKeys = async (signal: AbortSignal): Promise<WebhookKeyFacts[]> =>
  (await fetchKeys(signal)).map(({ id, createdAt, validUntil }) => ({ id, createdAt, validUntil }));

/** One key with its secret; undefined where it does not sign any more. */
export const readWebhookKey = async (id: string): Promise<WebhookKey | undefined> =>
  (await fetchKeys()).find((key) => key.id === id);

/** Answers the new key. */
export const rotateWebhookKey = async (): Promise<WebhookKey | undefined> =>
  (await answer(client.POST('/api/v1/admin/webhook-key/rotate'))).keys[0];
