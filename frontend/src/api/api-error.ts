import type { Problem } from '@snowflow/contracts/documents/problem';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { RunSummary } from './consent';

/** The problem+json body of a refused request. */
export interface ProblemBody {
  title?: string;
  status?: number;
  code?: string;
  detail?: string;
  correlationId?: string;
  errors?: { path: string; message: string }[];
  /** With REVISION_CONFLICT. */
  current?: { revision: number; definition: WorkflowDocument };
  /** With CONSENT_NEEDED. */
  consents?: RunSummary[];
  /** With POLICY_DENIED: which of the tenant's policies it is. */
  policy?: string;
  /** With WORKFLOW_INVALID. */
  problems?: Problem[];
  /** With SNOWFLAKE_LOGIN_FAILED and OAUTH_FAILED. */
  reason?: string;
  /** With ROLE_NEEDS_SIGN_IN: a path of this site. */
  authorizeUrl?: string;
}

/** A request that the gateway answered and refused. */
export class ApiError extends Error {
  readonly code: string;

  constructor(
    readonly status: number,
    readonly body: ProblemBody,
    readonly retryAfterSeconds?: number,
  ) {
    super(body.detail ?? body.title ?? `The server answered ${status}.`);
    this.name = 'ApiError';
    this.code = body.code ?? 'UNKNOWN';
  }
}

/** A request that got no answer at all. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('SnowFlow cannot reach its server.', { cause });
    this.name = 'UnreachableError';
  }
}

/** A sentence for a person about anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong.';
}
