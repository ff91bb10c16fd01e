import { summed } from '../../bench/measure';
import type { Outcome } from './orders';

/** Counts what was answered in one phase. */
export class Tally {
  private readonly startedAt = performance.now();
  private readonly cpu = process.cpuUsage();
  private readonly accepted = new Map<string, number[]>();
  private readonly runs: number[] = [];
  private readonly failures: Record<string, number> = {};
  private offered = 0;
  private acceptedInTime = 0;
  private refusedInTime = 0;
  private acts = 0;
  private lateMs = 0;

  constructor(private readonly seconds: number) {}

  offer(): void {
    if (this.isOn) this.offered += 1;
  }

  late(ms: number): void {
    this.lateMs = Math.max(this.lateMs, ms);
  }

  answered(what: string, status: number, retryAfter: string | undefined, ms: number): void {
    if (status >= 200 && status < 300) {
      const times = this.accepted.get(what) ?? [];
      times.push(ms);
      this.accepted.set(what, times);
      if (this.isOn) this.acceptedInTime += 1;
    } else if ((status === 429 || status === 503) && Number(retryAfter) > 0) {
      if (this.isOn) this.refusedInTime += 1;
    } else this.failed(`${what} ${status}`);
  }

  failed(what: string): void {
    this.failures[what] = (this.failures[what] ?? 0) + 1;
  }

  ran(ms: number): void {
    this.runs.push(ms);
  }

  did(): void {
    if (this.isOn) this.acts += 1;
  }

  outcome(): Outcome {
    const tookMs = performance.now() - this.startedAt;
    const { user, system } = process.cpuUsage(this.cpu);
    const { p50Ms, p95Ms, p99Ms } = summed([...this.accepted.values()].flat(), tookMs);
    return {
      actsPerSecond: this.acts / this.seconds,
      offeredPerSecond: this.offered / this.seconds,
      acceptedPerSecond: this.acceptedInTime / this.seconds,
      refusedPerSecond: this.refusedInTime / this.seconds,
      failures: this.failures,
      p50Ms,
      p95Ms,
      p99Ms,
      p95MsOf: Object.fromEntries([...this.accepted].map(([what, times]) => [what, summed(times, tookMs).p95Ms])),
      runP95Ms: summed(this.runs, tookMs).p95Ms,
      runs: this.runs.length,
      ownShare: (user + system) / 1000 / tookMs,
      ownLateMs: this.lateMs,
    };
  }

  private get isOn(): boolean {
    return performance.now() - this.startedAt <= this.seconds * 1000;
  }
}
