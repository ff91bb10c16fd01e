import type { WorkflowParameter } from '@snowflow/contracts/documents/workflow-document';
import { isDay } from '@snowflow/contracts/dto/is-day';
import { type StepValue, textOf } from './step-value';

type ParameterType = WorkflowParameter['type'];

/** What a value of a type looks like, to who gave another. */
export const DESCRIBED_TYPES: Record<ParameterType, string> = {
  string: 'a text of at most 100,000 characters',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date as YYYY-MM-DD',
  timestamp: 'a moment as YYYY-MM-DDTHH:MM:SS, with or without a zone',
};

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Whether a value is one that a parameter of the type takes. */
export function isOfType(type: ParameterType, value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string' && value.length <= 100_000;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' && DATE.test(value) && isDay(value);
    case 'timestamp':
      return typeof value === 'string' && TIMESTAMP.test(value) && isDay(value.slice(0, 10));
  }
}

/** A value as a parameter of the type takes it, where it says the same in another way: “5” as a number, a list as a text. */
export function asType(type: ParameterType, value: StepValue): StepValue {
  if (value === null) return null;
  if (type === 'string') return textOf(value);
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (type === 'boolean') return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : value;
  if (type !== 'number' || text === '') return type === 'number' ? value : text;
  const number = Number(text);
  // A whole number that a number here can't hold would become another.
  const keeps = Number.isFinite(number) && (Number.isSafeInteger(number) || !/^[+-]?\d+$/.test(text));
  return keeps ? number : value;
}
