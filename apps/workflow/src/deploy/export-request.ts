import type { WorkflowParameter } from '@snowflow/contracts/documents/workflow-document';
import { AppError, type FieldError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { DeployBody, DeployName, DeploySchedule } from '@snowflow/contracts/workflow/deploy.dto';
import type { ExportRequest } from '@snowflow/engine/export/export-plan';
import { scheduleFaults, type TaskSchedule } from '@snowflow/engine/export/task-schedule';
import { identifierFault } from '@snowflow/nodes/kit/sql/quote-identifier';
import { parametersOf, type ParameterValues } from '../runs/run-parameters';

/** What is asked for, as the engine takes it. Throws VALIDATION naming each field that is wrong. */
export function exportRequest(
  body: DeployBody,
  parameters: readonly WorkflowParameter[],
  context: PinnedContext,
  comment: string,
): ExportRequest {
  const values = valuesFor(body, parameters);
  if (body.target === 'sql') return { target: 'sql', values, comment };
  const { name, node, replace = false, secure = false } = body;
  const errors = [...nameFaults(name), ...unfit(body)];
  if (errors.length > 0 || !name) throw invalid(errors);
  if (body.target === 'view') {
    return { target: 'view', values, comment, name, replace, secure, ...(node === undefined ? {} : { node }) };
  }
  if (body.target === 'procedure') return { target: 'procedure', values, comment, name, replace };
  const schedule = readSchedule(body.schedule);
  const warehouse = body.warehouse ?? context.warehouse;
  if (warehouse) return { target: 'task', values, comment, name, schedule, warehouse };
  throw invalid([{ path: 'warehouse', message: 'Choose the warehouse that the task uses' }]);
}

/** Arguments of a procedure need no value, but one that is given has to be right. */
function valuesFor({ target, parameters }: DeployBody, declared: readonly WorkflowParameter[]): ParameterValues {
  if (target !== 'procedure') return parametersOf(declared, parameters);
  const unknown = Object.keys(parameters ?? {}).filter((name) => !declared.some((one) => one.name === name));
  const valued = declared.filter(
    ({ name, default: own }) => own !== undefined || Object.hasOwn(parameters ?? {}, name),
  );
  return parametersOf(unknown.length > 0 ? declared : valued, parameters);
}

function nameFaults(name: DeployName | undefined): FieldError[] {
  if (!name) return [{ path: 'name', message: 'Say what it is called: database, schema and name' }];
  return (['database', 'schema', 'name'] as const).flatMap((part) => {
    const fault = identifierFault(name[part]);
    return fault === undefined ? [] : [{ path: `name.${part}`, message: fault }];
  });
}

/** What was asked for and would silently not be done. */
function unfit({ target, replace, secure, node, schedule }: DeployBody): FieldError[] {
  const fits = (path: string, given: unknown, targets: readonly string[]): FieldError[] =>
    given === undefined || given === false || targets.includes(target)
      ? []
      : [{ path, message: `This is for ${targets.join(' or ')} only` }];
  return [
    ...fits('replace', replace, ['view', 'procedure']),
    ...fits('secure', secure, ['view']),
    ...fits('node', node, ['view']),
    ...fits('schedule', schedule, ['task']),
  ];
}

function readSchedule(given: DeploySchedule | undefined): TaskSchedule {
  const { cron, timezone, everyMinutes } = given ?? {};
  if ((cron === undefined) === (everyMinutes === undefined)) {
    throw invalid([
      { path: 'schedule', message: 'Give a cron line with a time zone, or the minutes between two runs' },
    ]);
  }
  const schedule = everyMinutes === undefined ? { cron: cron ?? '', timezone: timezone ?? '' } : { everyMinutes };
  const faults = scheduleFaults(schedule);
  if (faults.length > 0) throw invalid(faults);
  return schedule;
}

const invalid = (errors: FieldError[]) =>
  new AppError('VALIDATION', 'The deployment is not described right.', { errors });
