import { set, type FieldErrors, type FieldValues, type Resolver } from 'react-hook-form';
import type { z } from 'zod';

/** Checks a form by its schema; each field shows the first thing that is wrong with it. */
export function zodResolver<Values extends FieldValues>(schema: z.ZodType<Values>): Resolver<Values> {
  return (values) => {
    const parsed = schema.safeParse(values);
    if (parsed.success) return { values: parsed.data, errors: {} };
    const errors: FieldErrors<Values> = {};
    // From the last to the first, so that the first of a field stands.
    for (const { path, message } of parsed.error.issues.toReversed()) {
      set(errors, path.join('.'), { type: 'invalid', message });
    }
    return { values: {}, errors };
  };
}
