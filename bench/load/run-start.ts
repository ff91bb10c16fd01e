import type { ApiClient } from '../../test/support/api-client';

/** How long a run took from being accepted to the first event of a node, in milliseconds. */
export interface RunStart {
  /** From the reply that accepted it until a reader of its stream had the event. */
  seenMs: number;
  /** From its entry in the queue to the moment that the event carries. */
  recordedMs: number;
}

/** Starts a run, reads its stream to the end, and says when its first node began. */
export async function startAndWatch(api: ApiClient, workflowId: string): Promise<RunStart> {
  const reply = await api.call<{ runId: string }>('POST', '/workflows/run', { body: { workflowId } });
  const acceptedAt = performance.now();
  if (reply.status !== 202) throw new Error(`run: ${reply.status} ${JSON.stringify(reply.body)}`);
  const { runId } = reply.body;
  const response = await api.send('GET', `/runs/${runId}/events`);
  if (!response.ok || !response.body) throw new Error(`events: ${response.status} ${await response.text()}`);
  const decoder = new TextDecoder();
  let text = '';
  let seenMs = Number.NaN;
  for await (const piece of response.body) {
    text += decoder.decode(piece, { stream: true });
    if (Number.isNaN(seenMs) && text.includes('event: node.')) seenMs = performance.now() - acceptedAt;
  }
  if (!text.includes('event: run.succeeded')) throw new Error(`The run ${runId} did not succeed: ${text}`);
  return { seenMs, recordedMs: momentOf(text, 'node.running') - momentOf(text, 'run.queued') };
}

/** The moment of the first event of a type. */
function momentOf(stream: string, type: string): number {
  const data = new RegExp(`^event: ${type.replace('.', '\\.')}\\ndata: (.*)$`, 'm').exec(stream)?.[1] ?? '{}';
  return Date.parse((JSON.parse(data) as { at?: string }).at ?? '');
}
