import { AppError } from '@snowflow/contracts/errors/app-error';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';

/** Schemas of tools come from servers outside too, so an unknown keyword or format is no fault of the call. */
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, logger: false });
const compiled = new WeakMap<object, ValidateFunction>();

/** What is wrong with a value by a JSON schema, as sentences; nothing where it fits. Throws VALIDATION where the schema is none. */
export function schemaFaults(schema: { [key: string]: StepValue }, value: StepValue): string[] {
  const check = compiled.get(schema) ?? compile(schema);
  return check(value) ? [] : [...new Set((check.errors ?? []).slice(0, 10).map(sentence))];
}

function compile(schema: { [key: string]: StepValue }): ValidateFunction {
  try {
    // Which dialect it says to be does not matter to what is read of it, and ajv knows few.
    const { $schema: _dialect, $id: _id, ...plain } = schema;
    const check = ajv.compile(plain);
    compiled.set(schema, check);
    return check;
  } catch (error) {
    throw new AppError(
      'VALIDATION',
      'A JSON schema of the agent can’t be read. Look at the schema.',
      {},
      { cause: error },
    );
  }
}

function sentence({ instancePath, message = 'is wrong', params }: ErrorObject): string {
  const extra = 'additionalProperty' in params ? ` (${String(params['additionalProperty'])})` : '';
  return `${instancePath === '' ? 'It' : instancePath.slice(1).replaceAll('/', '.')} ${message}${extra}`;
}
