/** How this worker calls itself in leases, and how it works. */
export interface WorkerOptions {
  name: string;
  concurrency: number;
  leaseMs: number;
  drainTimeoutMs: number;
}

/** Injection token of WorkerOptions. */
export const WORKER_OPTIONS = Symbol('WORKER_OPTIONS');
