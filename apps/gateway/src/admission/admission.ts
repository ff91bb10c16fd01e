export interface AdmissionOptions {
  /** Requests that are worked on at once. */
  atOnce: number;
  /** Requests that wait for their turn. */
  inLine: number;
  /** How long one waits. */
  patienceMs: number;
}

interface Waiting {
  request: object;
  since: number;
  settle(isAdmitted: boolean): void;
}

/** After this long a request waits for somebody else: a person with a second factor, a model, a slow warehouse. */
const LONG_MS = 5_000;
/** Of those, so many times the places: they cost memory and hardly any processor time. */
const LONG_TIMES = 2;
/** What is left of one's patience in a crowd. */
const SHORTENED = 0.2;
/** Of one's patience: a line that is empty for less than that has not emptied, the next are only on their way. */
const LULL = 0.05;

/**
 * So many requests at once, and a line before them, in its order. A line that does not empty is no burst but too much work: then it is no
 * longer than there are places, and patience is short, so that those who are served are served soon, and the others hear it at once.
 */
export class Admission {
  /** When each began, the oldest first. */
  private readonly working = new Map<object, number>();
  private readonly long = new Set<object>();
  private readonly line: Waiting[] = [];
  private clock?: NodeJS.Timeout;
  private crowdedSince = 0;
  private emptySince = -Infinity;

  constructor(private readonly options: AdmissionOptions) {}

  get underWay(): number {
    return this.working.size + this.long.size;
  }

  get waiting(): number {
    return this.line.length;
  }

  /** Whether another one would be turned away at once. Looks for room first, which lets those in line have it. */
  isFull(): boolean {
    if (this.line.length < this.mostInLine) return false;
    this.serve();
    return this.line.length >= this.mostInLine && !this.hasRoom();
  }

  /** Whether the request may be worked on, known after a wait of bounded length; it then `leave`s. */
  admit(request: object): Promise<boolean> {
    this.serve();
    if (this.line.length === 0 && this.hasRoom()) {
      this.begin(request);
      return Promise.resolve(true);
    }
    if (this.line.length >= this.mostInLine) return Promise.resolve(false);
    return new Promise((settle) => {
      if (this.line.length === 0) this.gather();
      this.line.push({ request, since: performance.now(), settle });
      this.clock ??= setInterval(() => this.look(), this.options.patienceMs / 10);
    });
  }

  /** It is answered, or only waits from now on. Again, or by one that never was in, it does nothing. */
  leave(request: object): void {
    const wasIn = this.working.delete(request) || this.long.delete(request);
    if (wasIn) this.serve();
  }

  private begin(request: object): void {
    this.working.set(request, performance.now());
  }

  /** Where all places are taken, those that have been so for long make room. */
  private hasRoom(): boolean {
    const { atOnce } = this.options;
    if (this.working.size < atOnce) return true;
    const before = performance.now() - LONG_MS;
    for (const [request, since] of this.working) {
      if (since > before || this.long.size >= atOnce * LONG_TIMES) break;
      this.working.delete(request);
      this.long.add(request);
    }
    return this.working.size < atOnce;
  }

  private get isCrowded(): boolean {
    return this.line.length > 0 && performance.now() - this.crowdedSince > this.options.patienceMs;
  }

  private get mostInLine(): number {
    const { inLine, atOnce } = this.options;
    return this.isCrowded ? Math.min(inLine, atOnce) : inLine;
  }

  /** The first one in line; in a line that was empty for a moment only it is the same crowd as before. */
  private gather(): void {
    const now = performance.now();
    if (now - this.emptySince > this.options.patienceMs * LULL) this.crowdedSince = now;
  }

  private serve(): void {
    while (this.line.length > 0 && this.hasRoom()) {
      const next = this.line.shift();
      if (!next) break;
      this.begin(next.request);
      next.settle(true);
    }
    if (this.line.length > 0 || !this.clock) return;
    this.emptySince = performance.now();
    clearInterval(this.clock);
    this.clock = undefined;
  }

  /** The oldest stand first, so those who have waited long enough are in front. */
  private look(): void {
    const before = performance.now() - this.options.patienceMs * (this.isCrowded ? SHORTENED : 1);
    const stays = this.line.findIndex(({ since }) => since > before);
    const gone = this.line.splice(0, stays === -1 ? this.line.length : stays);
    for (const { settle } of gone) settle(false);
    this.serve();
  }
}
