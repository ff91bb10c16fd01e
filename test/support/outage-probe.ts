import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient } from './api-client';
import { sixInARow } from './document-builder';

const PATIENCE_MS = 20_000;
const PAUSE_MS = 500;

interface ProblemBody {
  code?: string;
}

/** Asks a gateway on and on while something is away, reads and a write without a key, and keeps what it hears. */
export class OutageProbe {
  /** `503 UNAVAILABLE` and the like, each once; `no answer` where a call hung. */
  readonly heard = new Set<string>();
  /** Codes that came without saying when to ask again. */
  readonly withoutRetryAfter = new Set<string>();
  private readonly stopped = new AbortController();

  constructor(private readonly api: ApiClient) {}

  async during(work: () => Promise<void>): Promise<void> {
    const asking = ['GET /workflows', 'GET /runs', 'GET /approvals', 'POST /workflows/save'].map((call) =>
      this.askOnAndOn(call),
    );
    await work();
    this.stopped.abort();
    await Promise.all(asking);
  }

  private async askOnAndOn(call: string): Promise<void> {
    const [method = '', path = ''] = call.split(' ');
    const body = method === 'POST' ? { definition: sixInARow('Saved in an outage') } : undefined;
    while (!this.stopped.signal.aborted) {
      const asked = this.api.call<ProblemBody>(method, path, { body, signal: AbortSignal.timeout(PATIENCE_MS) });
      const reply = await asked.catch(() => undefined);
      if (!reply) this.heard.add('no answer');
      if (reply && reply.status >= 400) this.note(reply.status, reply.body.code ?? '', reply.headers);
      await delay(PAUSE_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
    }
  }

  private note(status: number, code: string, headers: Headers): void {
    this.heard.add(`${status} ${code}`);
    if (code === 'UNAVAILABLE' && !headers.has('retry-after')) this.withoutRetryAfter.add(code);
  }
}
