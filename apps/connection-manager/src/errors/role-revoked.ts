import { AppError } from '@snowflow/contracts/errors/app-error';

/** Snowflake has just said which roles are left, and this one is not among them. */
export function roleRevoked(role: string): AppError {
  return new AppError(
    'ROLE_REVOKED',
    `Snowflake no longer grants you the role ${role}. Choose another role, or ask an administrator to grant it again.`,
    { extensions: { role } },
  );
}
