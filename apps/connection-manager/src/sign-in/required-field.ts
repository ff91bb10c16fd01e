import { AppError } from '@snowflow/contracts/errors/app-error';

/** What a way to sign in can't do without. */
export function requiredField(value: string | undefined, path: string, message: string): string {
  if (value) return value;
  throw new AppError('VALIDATION', message, { errors: [{ path, message }] });
}
