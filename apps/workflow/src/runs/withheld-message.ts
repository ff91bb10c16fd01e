import { ERROR_CODES, isErrorCode } from '@snowflow/contracts/errors/error-codes';

/** What stands in for a failure's message, which may quote data, where the reader is not who ran it: what the code says by itself. */
export function withheldMessage(code: string): string {
  const title = isErrorCode(code) ? ERROR_CODES[code].title : `Snowflake answered with its error ${code}`;
  return `${title}. What was said of it may quote data, and is shown to who ran it.`;
}
