import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient, ApiReply } from '../../support/api-client';
import { sixInARow } from '../../support/document-builder';

const EVERY_MS = 300;
const PATIENCE_MS = 40_000;

/** One call and its answer: 0 where none came. */
export interface Answer {
  call: string;
  beganMs: number;
  tookMs: number;
  status: number;
  code: string;
}

/** Somebody who reads and writes on and on through the gateway, each sort of call after its own last answer, and keeps what was accepted. */
export class RequestProbes {
  readonly answers: Answer[] = [];
  /** Workflows that were told as saved. */
  readonly saved: string[] = [];
  private readonly stopped = new AbortController();
  private readonly asking: Promise<unknown>;

  /** `resultOf`: a run whose rows are read. */
  constructor(
    private readonly api: ApiClient,
    resultOf: string,
  ) {
    this.asking = Promise.all(
      [
        'GET /workflows?limit=5',
        'GET /catalog/databases',
        'GET /auth/sessions',
        `GET /runs/${resultOf}/nodes/result/result?limit=5`,
        'POST /workflows/save',
      ].map((route) => this.askOnAndOn(route)),
    );
  }

  async end(): Promise<void> {
    this.stopped.abort();
    await this.asking;
  }

  private async askOnAndOn(route: string): Promise<void> {
    while (!this.stopped.signal.aborted) {
      await this.ask(route);
      await delay(EVERY_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
    }
  }

  private async ask(route: string): Promise<void> {
    const [method = '', path = ''] = route.split(' ');
    const body = method === 'POST' ? { definition: sixInARow('Saved meanwhile') } : undefined;
    const beganMs = Date.now();
    const asked = this.api.call<{ id?: string; code?: string }>(method, path, {
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const reply = await asked.catch((): ApiReply<{ id?: string; code?: string }> | undefined => undefined);
    const tookMs = Date.now() - beganMs;
    const call = route.replace(/\/run_[^/]+\/nodes\/result/, '').replace(/\?.*/, '');
    this.answers.push({ call, beganMs, tookMs, status: reply?.status ?? 0, code: reply?.body?.code ?? '' });
    if (body && reply?.status === 201 && reply.body.id) this.saved.push(reply.body.id);
  }
}
