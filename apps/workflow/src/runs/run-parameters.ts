import type { WorkflowParameter } from '@snowflow/contracts/documents/workflow-document';
import { AppError, type FieldError } from '@snowflow/contracts/errors/app-error';
import { DESCRIBED_TYPES, isOfType } from '@snowflow/nodes/kit/parameter-type';

type ParameterValue = string | number | boolean | null;
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** The values of a run: what was given, checked by type, over the defaults. Throws VALIDATION naming each that is wrong; never its value. */
export function parametersOf(
  declared: readonly WorkflowParameter[],
  given: Record<string, unknown> = {},
): ParameterValues {
  const errors: FieldError[] = [];
  const known = new Set(declared.map(({ name }) => name));
  for (const name of Object.keys(given)) {
    if (!known.has(name)) errors.push({ path: pathOf(name), message: 'The workflow has no such parameter' });
  }
  const values = declared.map((parameter): [string, ParameterValue] => {
    const value = Object.hasOwn(given, parameter.name) ? given[parameter.name] : parameter.default;
    if (value === undefined) {
      errors.push({ path: pathOf(parameter.name), message: 'It has no default, so give a value' });
    } else if (value !== null && !isOfType(parameter.type, value)) {
      errors.push({ path: pathOf(parameter.name), message: `Give ${DESCRIBED_TYPES[parameter.type]}` });
    } else {
      return [parameter.name, value as ParameterValue];
    }
    return [parameter.name, null];
  });
  if (errors.length > 0) throw new AppError('VALIDATION', 'The parameters of the run are not right.', { errors });
  return Object.fromEntries(values);
}

const pathOf = (name: string) => `parameters.${name}`.slice(0, 255);
