import { AppError, type ErrorDetails, type FieldError } from '../errors/app-error';
import { isErrorCode } from '../errors/error-codes';

/** Why connection-manager's internal port gave no rows. It refuses in problem+json with our codes; anything else is a fault of ours. */
export async function rowsRefusal(response: Response): Promise<AppError> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body === 'object' && body !== null && 'code' in body && isErrorCode(body.code)) {
    const { code, detail, errors, snowflake } = body as {
      code: typeof body.code;
      detail?: string;
      errors?: FieldError[];
      snowflake?: ErrorDetails['snowflake'];
    };
    const retryAfter = Number(response.headers.get('retry-after'));
    return new AppError(code, detail ?? '', {
      errors,
      snowflake,
      ...(retryAfter > 0 ? { retryAfterSeconds: retryAfter } : {}),
    });
  }
  return new AppError('INTERNAL', 'The rows can not be read. Tell the operator the correlation id.');
}
