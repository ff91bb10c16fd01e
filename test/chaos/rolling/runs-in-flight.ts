import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Run } from '../../support/api-client';
import type { ChaosKind } from '../chaos-kinds';
import type { ChaosRun } from '../chaos-run';
import type { EventFollower } from './event-follower';
import type { PlainClient } from './plain-client';

const ENDED = new Set(['succeeded', 'failed', 'cancelled']);
const LOOK_EVERY_MS = 500;
const LONGEST_MS = 120_000;
const AFTER_FAILURE_MS = 500;

/** Keeps so many runs under way: whenever one has ended, the next begins. Half are followed by their events, half looked at. */
export class RunsInFlight {
  readonly ended: ChaosRun[] = [];
  /** Accepted, and not ended after two minutes. */
  readonly lost: string[] = [];
  accepted = 0;
  private turn = 0;
  private isOver = false;
  private readonly underWay = new Set<string>();
  private working: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly api: PlainClient,
    private readonly events: EventFollower,
    private readonly kinds: readonly ChaosKind[],
  ) {}

  get ids(): readonly string[] {
    return [...this.underWay];
  }

  begin(atOnce: number): void {
    this.working = Promise.all(Array.from({ length: atOnce }, () => this.runOnAndOn()));
  }

  /** Waits until those under way have ended. */
  async end(): Promise<void> {
    this.isOver = true;
    await this.working;
  }

  private async runOnAndOn(): Promise<void> {
    while (!this.isOver) {
      // What was not answered is counted as failed; no client of a drill hammers on.
      await this.one(this.turn++).catch(() => delay(AFTER_FAILURE_MS));
    }
  }

  private async one(turn: number): Promise<void> {
    const kind = this.kinds[turn % this.kinds.length] as ChaosKind;
    const marker = randomUUID();
    const parameters = kind.definition.parameters.length > 0 ? { parameters: { marker } } : {};
    const body = { definition: kind.definition, ...parameters };
    const { runId } = await this.api.call<{ runId: string }>('start', 'POST /workflows/run', 202, body);
    this.accepted += 1;
    const acceptedAt = Date.now();
    this.underWay.add(runId);
    const run = await this.seenEnding(runId, turn % 2 === 0).finally(() => this.underWay.delete(runId));
    if (run) this.ended.push({ kind, marker, run, tookMs: Date.now() - acceptedAt });
    else this.lost.push(`${kind.name}: ${runId}`);
  }

  private async seenEnding(runId: string, byEvents: boolean): Promise<Run | undefined> {
    let after = 0;
    for (const giveUpAt = Date.now() + LONGEST_MS; Date.now() < giveUpAt;) {
      if (byEvents) after = await this.events.follow(runId, after);
      else await delay(LOOK_EVERY_MS);
      const run = await this.api.call<Run>('run', `GET /runs/${runId}`, 200).catch(() => undefined);
      if (run && ENDED.has(run.status)) return run;
      if (byEvents) this.events.resumed += 1;
    }
    return undefined;
  }
}
