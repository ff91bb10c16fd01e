import { AppError, ErrorDetails, FieldError } from '@snowflow/contracts/errors/app-error';
import { ERROR_CODES } from '@snowflow/contracts/errors/error-codes';

/** The body of a refusal: RFC 9457 with our code; details that an error carries beside are further members of it. */
export interface Problem extends Record<string, unknown> {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  correlationId: string;
  errors: FieldError[];
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

export function problemOf(error: AppError, correlationId: string): Problem {
  const { status, title } = ERROR_CODES[error.code];
  const { extensions, snowflake, errors = [] }: ErrorDetails = error.details;
  return {
    ...extensions,
    ...(snowflake ? { snowflake } : {}),
    type: `urn:snowflow:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    correlationId,
    errors,
  };
}
