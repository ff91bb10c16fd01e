import { z } from 'zod';
import type { ApprovalField } from '../../api/approvals';

/** What an approver has written; the fields stand in the order of the approval's form, as texts. */
export interface DecisionValues {
  comment: string;
  fields: string[];
}

export const emptyDecision = (fields: readonly ApprovalField[]): DecisionValues => ({
  comment: '',
  fields: fields.map(() => ''),
});

/** Checks what was written, by what the approval asks for. */
export function decisionSchema(fields: readonly ApprovalField[]): z.ZodType<DecisionValues> {
  return z
    .object({
      comment: z.string().max(5_000, 'A comment has 5,000 characters at most.'),
      fields: z.array(z.string()),
    })
    .superRefine(({ fields: texts }, context) => {
      for (const [index, field] of fields.entries()) {
        const message = wrongWith(field, texts[index] ?? '');
        if (message !== undefined) context.addIssue({ code: 'custom', path: ['fields', index], message });
      }
    });
}

function wrongWith({ type, required }: ApprovalField, text: string): string | undefined {
  if (text.trim() === '') return required ? 'Fill it in.' : undefined;
  return type === 'number' && !Number.isFinite(Number(text)) ? 'Give a number, as 12.5.' : undefined;
}

/** The form as it is sent. What was left empty is left out. */
export function formOf(fields: readonly ApprovalField[], texts: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap(({ name, type }, index) => {
      const text = texts[index] ?? '';
      return text.trim() === '' ? [] : [[name, valueOf(type, text)]];
    }),
  );
}

function valueOf(type: ApprovalField['type'], text: string): string | number | boolean {
  if (type === 'number') return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}
