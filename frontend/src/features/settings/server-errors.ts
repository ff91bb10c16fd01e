import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import { ApiError } from '../../api/api-error';

/** Puts what the server said about a field beside that field. `fieldOf` answers undefined for what the form has no field for. */
export function showServerErrors<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  error: unknown,
  fieldOf: (path: string) => Path<Values> | undefined,
): void {
  if (!(error instanceof ApiError)) return;
  for (const { path, message } of error.body.errors ?? []) {
    const field = fieldOf(path);
    if (field) form.setError(field, { type: 'server', message });
  }
}
