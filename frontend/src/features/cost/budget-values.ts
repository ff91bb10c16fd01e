import { z } from 'zod';
import type { Budget } from '../../api/cost';

const BYTES_A_GIGABYTE = 1e9;
const DECIMAL = /^\d+(\.\d+)?$/;
const WHOLE = /^\d+$/;

/** A number as it was typed, or nothing for no limit. */
function limit(pattern: RegExp, most: number, message: string) {
  return z
    .string()
    .trim()
    .refine((text) => text === '' || (pattern.test(text) && Number(text) > 0 && Number(text) <= most), message);
}

/** A budget as a person fills it in. */
export const budgetValues = z.object({
  gigabytes: limit(DECIMAL, 1_000_000, 'A number above 0, as 2.5, to 1,000,000 GB. Empty is no limit.'),
  statements: limit(WHOLE, 100_000, 'A whole number from 1 to 100,000. Empty is no limit.'),
  seconds: limit(WHOLE, 2_592_000, 'A whole number from 1 to 2,592,000, which is 30 days. Empty is no limit.'),
  tokens: limit(WHOLE, 1_000_000_000, 'A whole number from 1 to 1,000,000,000. Empty is no limit.'),
});
export type BudgetValues = z.infer<typeof budgetValues>;

const textOf = (value: number | null) => (value === null ? '' : plain(value));
const numberOf = (text: string) => (text.trim() === '' ? null : Number(text));

/** Never as 1e-7, which no field of ours takes. */
function plain(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(9).replace(/\.?0+$/, '') : text;
}

export function budgetToValues({ maxBytes, maxStatements, maxSeconds, maxTokens }: Budget): BudgetValues {
  return {
    gigabytes: textOf(maxBytes === null ? null : maxBytes / BYTES_A_GIGABYTE),
    statements: textOf(maxStatements),
    seconds: textOf(maxSeconds),
    tokens: textOf(maxTokens),
  };
}

export function budgetFromValues({ gigabytes, statements, seconds, tokens }: BudgetValues): Budget {
  const size = numberOf(gigabytes);
  return {
    maxBytes: size === null ? null : Math.max(1, Math.round(size * BYTES_A_GIGABYTE)),
    maxStatements: numberOf(statements),
    maxSeconds: numberOf(seconds),
    maxTokens: numberOf(tokens),
  };
}

const FIELDS: Readonly<Record<string, keyof BudgetValues>> = {
  maxBytes: 'gigabytes',
  maxStatements: 'statements',
  maxSeconds: 'seconds',
  maxTokens: 'tokens',
};

/** The form's field for what the server calls `path`. */
export const budgetFieldOf = (path: string): keyof BudgetValues | undefined => FIELDS[path];
