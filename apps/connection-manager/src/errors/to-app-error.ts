import { AppError, type ErrorDetails } from '@snowflow/contracts/errors/app-error';
import type { ErrorCode } from '@snowflow/contracts/errors/error-codes';
import { SnowflakeFailure } from '../driver/snowflake-failure';

const CODES: Record<string, ErrorCode> = {
  '002003': 'SOURCE_NOT_FOUND',
  '002043': 'SOURCE_NOT_FOUND',
  '003001': 'SNOWFLAKE_ACCESS_DENIED',
  '003013': 'SNOWFLAKE_ACCESS_DENIED',
  '000707': 'RESULT_EXPIRED',
  '000709': 'RESULT_EXPIRED',
};
const NO_WAREHOUSE = '000606';

/** Snowflake's own digits: six of them, whatever the reply left out in front. */
export const sixDigits = (code: string | undefined) => (code === undefined ? undefined : code.padStart(6, '0'));

export function sessionEnded(cause?: unknown): AppError {
  return new AppError('SNOWFLAKE_SESSION_ENDED', 'The Snowflake session has ended. Sign in again.', {}, { cause });
}

/** The AppError of whatever a statement or a session call threw. */
export function toAppError(error: unknown): unknown {
  if (!(error instanceof SnowflakeFailure)) return error;
  switch (error.kind) {
    case 'session':
      return sessionEnded(error);
    case 'unreachable':
      return new AppError(
        'SNOWFLAKE_UNAVAILABLE',
        'Snowflake did not answer as expected. Try again.',
        {},
        { cause: error },
      );
    case 'cancelled':
      return new AppError('DEADLINE_EXCEEDED', 'Snowflake did not answer in time.', {}, { cause: error });
    case 'refused':
      return refused(error);
  }
}

/** For `details.snowflake`. */
export function snowflakeDetails({ facts }: SnowflakeFailure): NonNullable<ErrorDetails['snowflake']> {
  return { ...facts, code: sixDigits(facts.code) };
}

function refused(error: SnowflakeFailure): AppError {
  const details = { snowflake: snowflakeDetails(error) };
  const code = CODES[details.snowflake.code ?? ''] ?? 'SQL_FAILED';
  const hint =
    details.snowflake.code === NO_WAREHOUSE
      ? ' Choose a warehouse for this session, or ask for the right to use one.'
      : '';
  return new AppError(code, error.message + hint, details, { cause: error });
}
