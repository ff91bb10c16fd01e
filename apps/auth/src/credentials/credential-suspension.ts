import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { CredentialsRepository } from './credentials.repository';
import type { CredentialRow } from './credentials.tables';

const MAX_REASON = 500;

/** Takes credentials out of use that do not work any more, until their owner does something. */
@Injectable()
export class CredentialSuspension {
  constructor(private readonly credentials: CredentialsRepository) {}

  /** Answers the error to throw. */
  async suspend(row: CredentialRow, reason: string): Promise<AppError> {
    await this.credentials.suspend(row, reason.slice(0, MAX_REASON));
    return suspended(row, reason);
  }
}

/** What a suspended credential says to who would use it. */
export function suspended({ name }: Pick<CredentialRow, 'name'>, reason: string | null): AppError {
  return unusable(
    `The stored credential "${name}" is suspended. ${reason ?? ''} Its owner can replace its secret to use it again.`,
  );
}

export function unusable(message: string): AppError {
  return new AppError('CREDENTIAL_UNUSABLE', message);
}
