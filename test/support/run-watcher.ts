import { randomUUID } from 'node:crypto';
import { eventually } from '@snowflow/testing/eventually';
import { ApiClient, type ApiReply, type Run } from './api-client';

const TERMINAL = ['succeeded', 'failed', 'cancelled'];

/** Starts runs and waits for what becomes of them, over any of several gateways, as long as one answers. */
export class RunWatcher {
  private turn = 0;

  constructor(private readonly gateways: readonly ApiClient[]) {}

  async start(request: object, headers: Record<string, string> = {}): Promise<string> {
    const reply = await this.any().call<{ runId: string }>('POST', '/workflows/run', {
      body: request,
      // With it another replica takes a start up whose own has ended, or stood still.
      headers: { 'idempotency-key': randomUUID(), ...headers },
    });
    if (reply.status !== 202) throw new Error(`run: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body.runId;
  }

  async retry(runId: string): Promise<string> {
    const reply = await this.any().call<{ runId: string }>('POST', `/runs/${runId}/retry`);
    if (reply.status !== 202) throw new Error(`retry: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body.runId;
  }

  get(runId: string): Promise<ApiReply<Run>> {
    return this.any().call<Run>('GET', `/runs/${runId}`);
  }

  /** The run as soon as it is so; a gateway that does not answer meanwhile is asked again. */
  once(runId: string, isSo: (run: Run) => boolean, withinMs = 60_000): Promise<Run> {
    return eventually(
      async () => {
        const { status, body } = await this.get(runId);
        if (status !== 200 || !isSo(body)) throw new Error(`${status} ${JSON.stringify(body)}`);
        return body;
      },
      withinMs,
      100,
    );
  }

  ended(runId: string, withinMs?: number): Promise<Run> {
    return this.once(runId, ({ status }) => TERMINAL.includes(status), withinMs);
  }

  async runToEnd(request: object): Promise<Run> {
    return this.ended(await this.start(request));
  }

  private any(): ApiClient {
    return this.gateways[this.turn++ % this.gateways.length] as ApiClient;
  }
}
