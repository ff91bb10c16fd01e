import type { ApiReply } from '../support/api-client';

const PATIENCE_MS = 180_000;
/** A client gives a call up after this. */
const ANSWER_MS = 30_000;
const PAUSE_MS = 200;

/** What was answered instead of an answer while something was away, by status and code. */
export const answersWhileAway = new Map<string, number>();

/** Asks until there is an answer that is not the fault of something that is away: what API.md tells clients to do. */
export async function insist<Body>(call: (signal: AbortSignal) => Promise<ApiReply<Body>>): Promise<ApiReply<Body>> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const reply = await call(AbortSignal.timeout(ANSWER_MS)).catch(() => undefined);
    if (reply && reply.status < 500 && reply.status !== 429) return reply;
    note(reply);
    if (Date.now() > giveUpAt) throw new Error(`No answer in ${PATIENCE_MS} ms: ${JSON.stringify(reply?.body)}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function note(reply: ApiReply | undefined): void {
  const code = (reply?.body as { code?: string } | undefined)?.code;
  const what = reply ? `${reply.status} ${code ?? ''}` : 'no connection';
  answersWhileAway.set(what, (answersWhileAway.get(what) ?? 0) + 1);
}
