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
  /** Where rows are read: internal origins of connection-manager. */
  rowsUrls: readonly string[];
}

/** Injection token of WorkerOptions. */
export const WORKER_OPTIONS = Symbol('WORKER_OPTIONS');
