/** What must be there for the spec to make sense. */
export function existing<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('The spec expected a value here');
  return value;
}
