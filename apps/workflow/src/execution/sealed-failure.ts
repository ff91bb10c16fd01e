import { AppError } from '@snowflow/contracts/errors/app-error';
import type { StatementFailure } from '@snowflow/contracts/connections/connections.dto';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { StoredError } from '../database/workflow-database';
import { runBinding } from '../runs/sealed-run';
import { FailedBefore } from './sealed-outcome';
import { SubWorkflowFailed } from './sub-workflow-failed';

/** Why a step or run failed, as it rests: the codes in plain, the message (it may quote data) sealed. */
export interface SealedFailure {
  error: StoredError;
  sealedMessage: string;
}

/** A statement that Snowflake took and could not do. */
export class StatementFailed extends Error {
  constructor(readonly failure: StatementFailure) {
    super('The statement failed.');
  }
}

/** The failure of a thrown value; what is neither Snowflake's nor an AppError is INTERNAL without its text. */
export function sealFailure(sealer: Sealer, tenantId: string, error: unknown, nodeId?: string): SealedFailure {
  if (error instanceof FailedBefore) return error.failure;
  const { message, ...codes } = describe(sealer, tenantId, error);
  return {
    error: { ...codes, ...(nodeId === undefined ? {} : { nodeId }) },
    sealedMessage: sealer.seal(message, runBinding(tenantId)),
  };
}

/** What a step that failed and goes on gives at its error port. */
export function errorValueOf(sealer: Sealer, tenantId: string, error: unknown): { code: string; message: string } {
  const { code, message } = describe(sealer, tenantId, error);
  return { code, message };
}

/** The code and message of a thrown value, for whoever may read data. */
export function describe(sealer: Sealer, tenantId: string, error: unknown): StoredError & { message: string } {
  if (error instanceof FailedBefore) {
    return { ...error.failure.error, message: sealer.open(error.failure.sealedMessage, runBinding(tenantId)) };
  }
  if (error instanceof SubWorkflowFailed) return error.failure;
  if (error instanceof StatementFailed) {
    const { code, message, sqlState, line, position } = error.failure;
    return {
      code,
      message,
      ...(sqlState === undefined ? {} : { sqlState }),
      ...(line === undefined ? {} : { line }),
      ...(position === undefined ? {} : { position }),
    };
  }
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return { code: 'INTERNAL', message: 'Something went wrong here. Run it again; if it stays, tell the operator.' };
}
