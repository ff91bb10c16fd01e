import type { RequestContext } from '../sessions/request-context';

/** What stands in a service's stream. `data` is the input as JSON, or sealed text when the operation says so. */
export interface Envelope {
  id: string;
  pattern: string;
  context: RequestContext;
  /** Milliseconds since the epoch; later than this nobody waits for the reply. */
  deadlineAtMs: number;
  idempotencyKey?: string;
  sealed: boolean;
  data: string;
}
