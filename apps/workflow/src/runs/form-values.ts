import type { FieldError } from '@snowflow/contracts/errors/app-error';
import type { ApprovalDetail } from '@snowflow/nodes/logic-approval/logic-approval.step';
import type { StepValue } from '@snowflow/nodes/kit/step-value';

type Field = ApprovalDetail['form'][number];

/** What an approver filled in, by the fields that were asked for; what is wrong is added to `errors`, never with its value. */
export function formValues(
  fields: readonly Field[],
  given: Record<string, unknown>,
  errors: FieldError[],
): { [name: string]: StepValue } {
  const known = new Set(fields.map(({ name }) => name));
  for (const name of Object.keys(given)) {
    if (!known.has(name)) errors.push({ path: `form.${name}`.slice(0, 255), message: 'The form has no such field' });
  }
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(field, given, errors)]));
}

const DESCRIBED = { string: 'a text', number: 'a number', boolean: 'true or false', date: 'a date as YYYY-MM-DD' };

function valueOf({ name, type, required }: Field, given: Record<string, unknown>, errors: FieldError[]): StepValue {
  const value = Object.hasOwn(given, name) ? given[name] : undefined;
  if (value === undefined || value === null || value === '') {
    if (required) errors.push({ path: `form.${name}`, message: 'Fill it in' });
    return null;
  }
  if (isOfType(type, value)) return value;
  errors.push({ path: `form.${name}`, message: `Give ${DESCRIBED[type]}` });
  return null;
}

function isOfType(type: Field['type'], value: unknown): value is string | number | boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string' && value.length <= 100_000;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
  }
}
