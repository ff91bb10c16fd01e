/** How this worker calls itself in leases, and how it works. */
export interface WorkerOptions {
  name: string;
  concurrency: number;
  leaseMs: number;
  drainTimeoutMs: number;
  /** A waiting run becomes more urgent each time it has waited so long. */
  risesAfterSeconds: number;
  /** A run that was taken up so often without getting on is parked. */
  maxAttempts: number;
  /** How often what nobody says is looked for. */
  sweepEveryMs?: number;
  /** A run that could not go on here rests this long before it is taken up again, and twice as long each further time. */
  firstRestMs?: number;
}

/** Injection token of WorkerOptions. */
export const WORKER_OPTIONS = Symbol('WORKER_OPTIONS');
