import type { AppError } from '@snowflow/contracts/errors/app-error';
import type { OUTSIDE_CALL_KINDS } from '@snowflow/contracts/workflow/outside.dto';
import type { WayOut } from './way-out';

/** Something that a step asks of a host outside. */
export interface OutsideCall<Reply> {
  kind: (typeof OUTSIDE_CALL_KINDS)[number];
  url: URL;
  method: string;
  tool: string | null;
  credentialId: string | undefined;
  /** Templates whose values stand in it; undefined: anything may. */
  carries: readonly string[] | undefined;
  timeoutMs: number;
  /** Asking twice does no more than asking once. */
  isRepeatable: boolean;
  /** Everything that makes it this call; only a hash of it is kept. */
  identity: string;
  /** Asks once. What it came to is told, unless its signal is aborted or something here is wrong. */
  attempt(way: WayOut): Promise<Attempt<Reply>>;
}

/** What one try came to. */
export type Attempt<Reply> =
  | { state: 'succeeded'; reply: Reply }
  /** `again`: it may succeed later, after `afterMs` where the host says so. `isDown`: the host is not well. */
  | { state: 'failed'; error: AppError; again: boolean; isDown: boolean; afterMs?: number }
  /** The installation or the tenant does not let it out. */
  | { state: 'refused'; error: AppError }
  /** Nobody can tell whether the host did it. */
  | { state: 'unknown'; error: AppError };
