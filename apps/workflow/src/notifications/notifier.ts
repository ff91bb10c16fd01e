import type { AppError } from '@snowflow/contracts/errors/app-error';
import type { Message, Sent } from '@snowflow/nodes/kit/action-node';

/** What is known of a message after one try. */
export type Delivery =
  | { state: 'succeeded'; response: Omit<Sent, 'attempts'> }
  /** It was not taken. `again`: it may be later, after `afterMs` where the receiver says so. */
  | { state: 'failed'; error: AppError; again: boolean; afterMs?: number }
  /** Nobody can tell whether it was taken. */
  | { state: 'unknown'; error: AppError };

/** Whose message it is, and the key by which its receiver knows a repetition. */
export interface Sending {
  tenantId: string;
  key: string;
}

/** One way out of SnowFlow. A try is bounded in time and is never called back: what it came to is always told. */
export abstract class Notifier<Kind extends Message = Message> {
  /** Its receivers know a message by its key, so one whose fate is unknown may be sent again. */
  abstract readonly isRepeatable: boolean;
  /** Throws where the installation does not let this message out. */
  abstract check(message: Kind): void;
  abstract send(message: Kind, sending: Sending): Promise<Delivery>;
}
