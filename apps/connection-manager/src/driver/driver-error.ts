import type { DriverCall } from './driver-call';
import { FailureKind, SnowflakeFailure } from './snowflake-failure';

interface DriverError {
  name?: string;
  message?: string;
  code?: string | number;
  sqlState?: string;
  data?: { queryId?: string; line?: number; pos?: number; sqlState?: string } | null;
}

/** The driver's errors in our words: code, SQLSTATE, position and query id are kept, nothing that was sent is. */
export function toFailure(error: unknown, call: DriverCall): SnowflakeFailure {
  const { name, message, code, sqlState, data } = (error ?? {}) as DriverError;
  const facts = {
    code: call.sessionRefused ?? (code === undefined ? undefined : String(code)),
    sqlState: sqlState ?? data?.sqlState,
    line: positive(data?.line),
    position: positive(data?.pos),
    queryId: data?.queryId,
  };
  return new SnowflakeFailure(kindOf(name, call), message ?? 'The driver gave no reason', facts);
}

function kindOf(name: string | undefined, call: DriverCall): FailureKind {
  if (call.sessionRefused) return 'session';
  if (call.signal.aborted) return 'cancelled';
  return name === 'OperationFailedError' ? 'refused' : 'unreachable';
}

/** Snowflake says -1 where it does not know. */
const positive = (value: number | undefined) => (value !== undefined && value >= 0 ? value : undefined);
