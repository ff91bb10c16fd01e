/** What a step passes on: small, plain JSON, never rows. It rests sealed. */
export type StepValue = string | number | boolean | null | StepValue[] | { [key: string]: StepValue };

/** A field of a value; undefined where it has none. */
export function fieldOf(value: StepValue | undefined, field: string): StepValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, field) ? value[field] : undefined;
}

/** A value as text: a string as it is, anything else as JSON. */
export function textOf(value: StepValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
