import { z } from 'zod';
import type { FieldHint } from '../kit/field-hints';

/** A language by its code. */
export function languageField(ui: FieldHint, mayBeEmpty: boolean) {
  return z
    .string()
    .trim()
    .max(20)
    .refine((code) => mayBeEmpty || code !== '', 'Give a language code such as de')
    .meta({ ui });
}
