import { AppError } from '@snowflow/contracts/errors/app-error';
import { asType } from '@snowflow/nodes/kit/parameter-type';
import type { CallParameters } from '@snowflow/nodes/kit/workflow-calls';
import type { PinnedWorkflow } from '../runs/pinned-workflow';
import { type ParameterValues, parametersOf } from '../runs/run-parameters';

/** What a called workflow runs with: each value brought to its declared type, defaults for the rest. Throws VALIDATION naming what is wrong. */
export function calledParameters(
  { name, parameters }: Pick<PinnedWorkflow, 'name' | 'parameters'>,
  given: CallParameters,
): ParameterValues {
  const types = new Map(parameters.map((parameter) => [parameter.name, parameter.type]));
  const typed = Object.entries(given).map(([key, value]) => {
    const type = types.get(key);
    return [key, type === undefined ? value : asType(type, value)];
  });
  try {
    return parametersOf(parameters, Object.fromEntries(typed));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const faults = error.details.errors?.map(({ path, message }) => `${path}: ${message}`).join('; ') ?? error.message;
    throw new AppError('VALIDATION', `“${name}” was not run. ${faults}.`);
  }
}
