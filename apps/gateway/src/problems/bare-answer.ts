import type { AppError } from '@snowflow/contracts/errors/app-error';
import { CORRELATION_HEADER } from '@snowflow/contracts/http/correlation-header';
import { BARE_HEADERS } from '../security/security-headers';
import { PROBLEM_TYPE, problemOf } from './problem';
import { retryAfterOf } from './retry-after';

export interface BareAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A refusal that no hook of ours has seen: all that an answer of the API carries. */
export function bareAnswer(error: AppError, correlationId: string): BareAnswer {
  const problem = problemOf(error, correlationId);
  const body = JSON.stringify(problem);
  const headers = {
    ...BARE_HEADERS,
    ...retryAfterOf(error),
    [CORRELATION_HEADER]: correlationId,
    'content-type': PROBLEM_TYPE,
    'content-length': String(Buffer.byteLength(body)),
  };
  return { status: problem.status, headers, body };
}
