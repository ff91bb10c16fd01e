import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient } from '../support/api-client';

interface Waiting {
  items: { runId: string; nodeId: string }[];
}

const inTime = () => AbortSignal.timeout(10_000);

/** Approves whatever waits, from time to time twice: the second decision has to be refused. */
export class Approver {
  decided = 0;
  refusedTwice = 0;
  private readonly stopped = new AbortController();
  private working: Promise<void> = Promise.resolve();

  constructor(private readonly gateways: readonly ApiClient[]) {}

  begin(): void {
    this.working = this.approveOnAndOn();
  }

  async end(): Promise<void> {
    this.stopped.abort();
    await this.working;
  }

  private async approveOnAndOn(): Promise<void> {
    for (let turn = 0; !this.stopped.signal.aborted; turn += 1) {
      const api = this.gateways[turn % this.gateways.length] as ApiClient;
      const waiting = await api.call<Waiting>('GET', '/approvals', { signal: inTime() }).catch(() => undefined);
      for (const { runId, nodeId } of waiting?.status === 200 ? waiting.body.items : []) {
        const path = `/runs/${runId}/approvals/${nodeId}`;
        const first = await api
          .call('POST', path, { body: { decision: 'approve' }, signal: inTime() })
          .catch(() => undefined);
        if (first?.status === 204) this.decided += 1;
        if (first?.status !== 204 || this.decided % 5 !== 0) continue;
        const second = await api
          .call('POST', path, { body: { decision: 'reject' }, signal: inTime() })
          .catch(() => undefined);
        if (second && second.status < 500) this.refusedTwice += second.status === 204 ? Number.NaN : 1;
      }
      await delay(300, undefined, { signal: this.stopped.signal }).catch(() => undefined);
    }
  }
}
