import type { RequestContext } from '../sessions/request-context';
import type { ErrorOnWire } from '../errors/app-error';

/** What stands in a service's stream. `data` is the input as JSON, or sealed text when the operation says so. */
export interface Envelope {
  id: string;
  pattern: string;
  /** The channel that the caller listens on. */
  replyTo: string;
  context: RequestContext;
  /** Milliseconds since the epoch; later than this nobody waits for the reply. */
  deadlineAtMs: number;
  idempotencyKey?: string;
  /** The W3C traceparent of the call, where it is traced. */
  traceparent?: string;
  sealed: boolean;
  data: string;
}

/** What a handler came to. */
export type Outcome = { value?: unknown } | { error: ErrorOnWire };

/** What is published on the caller's channel, several at a time. The reply to a sealed request is sealed too: it is an Outcome as JSON. */
export type Reply = { id: string; outcome: Outcome } | { id: string; sealed: string };
