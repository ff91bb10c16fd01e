import type { ApiReply } from '../support/api-client';

const PATIENCE_MS = 180_000;
const PAUSE_MS = 200;

/** Asks until there is an answer that is not the fault of something that is away: what API.md tells clients to do. */
export async function insist<Body>(call: () => Promise<ApiReply<Body>>): Promise<ApiReply<Body>> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const reply = await call().catch(() => undefined);
    if (reply && reply.status < 500 && reply.status !== 429) return reply;
    if (Date.now() > giveUpAt) throw new Error(`No answer in ${PATIENCE_MS} ms: ${JSON.stringify(reply?.body)}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
