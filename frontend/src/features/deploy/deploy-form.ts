import type { WorkflowParameter } from '@snowflow/contracts/documents/workflow-document';
import { z } from 'zod';
import type { DeployBody } from '../../api/types';

export const TARGET_NAMES = { sql: 'SQL script', view: 'View', procedure: 'Procedure', task: 'Task' } as const;
export const TARGETS = ['sql', 'view', 'procedure', 'task'] as const;

const named = z.string().max(255, 'A name has 255 characters at most.');

/** The form of a deployment; which fields count depends on the target. */
export const deploySchema = z
  .object({
    target: z.enum(TARGETS),
    database: named,
    schema: named,
    name: named,
    node: z.string(),
    replace: z.boolean(),
    secure: z.boolean(),
    warehouse: z.string(),
    when: z.enum(['cron', 'every']),
    cron: z.string(),
    timezone: z.string(),
    everyMinutes: z.string(),
    /** By parameter, as typed; empty takes the default. */
    parameters: z.record(z.string(), z.string()),
  })
  .superRefine((values, context) => {
    const need = (field: 'database' | 'schema' | 'name' | 'warehouse', message: string) => {
      if (values[field].trim() === '') context.addIssue({ code: 'custom', path: [field], message });
    };
    if (values.target === 'sql') return;
    need('database', 'Name the database.');
    need('schema', 'Name the schema.');
    need('name', 'Give a name.');
    if (values.target === 'task') need('warehouse', 'Choose a warehouse.');
  });

export type DeployValues = z.infer<typeof deploySchema>;

/** What the form starts with: a view beside where the session stands, called as the workflow is. */
export function initialValues(
  workflowName: string,
  session: { database?: string | null; schema?: string | null; warehouse?: string | null },
  parameters: readonly WorkflowParameter[],
): DeployValues {
  return {
    target: 'view',
    database: session.database ?? '',
    schema: session.schema ?? '',
    name: workflowName
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]+/g, '_')
      .replaceAll(/^[_0-9]+|_+$/g, ''),
    node: '',
    replace: false,
    secure: false,
    warehouse: session.warehouse ?? '',
    when: 'cron',
    cron: '0 6 * * *',
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    everyMinutes: '60',
    parameters: Object.fromEntries(parameters.map(({ name }) => [name, ''])),
  };
}

/** The request of a form; what does not belong to its target is left out. */
export function bodyOf(values: DeployValues, declared: readonly WorkflowParameter[], revision: number): DeployBody {
  const { target, database, schema, name, node, replace, secure, warehouse } = values;
  const given = declared.flatMap(({ name: parameter, type }) => {
    const text = values.parameters[parameter] ?? '';
    return text === '' ? [] : [[parameter, typed(type, text)] as const];
  });
  return {
    target,
    revision,
    ...(given.length === 0 ? {} : { parameters: Object.fromEntries(given) }),
    ...(target === 'sql' ? {} : { name: { database, schema, name } }),
    ...(target === 'view' ? { replace, secure, ...(node === '' ? {} : { node }) } : {}),
    ...(target === 'procedure' ? { replace } : {}),
    ...(target === 'task' ? { warehouse, schedule: scheduleOf(values) } : {}),
  };
}

function scheduleOf({ when, cron, timezone, everyMinutes }: DeployValues): NonNullable<DeployBody['schedule']> {
  return when === 'cron' ? { cron, timezone } : { everyMinutes: Number(everyMinutes) };
}

/** A text that is no number goes as it is: the server says what it should be. */
function typed(type: WorkflowParameter['type'], text: string): unknown {
  if (type === 'boolean') return text === 'true';
  if (type !== 'number') return text;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

/** The field that a path of the server's errors is about. */
export function fieldOf(path: string): keyof DeployValues | `parameters.${string}` | undefined {
  const fields: Readonly<Record<string, keyof DeployValues>> = {
    'name.database': 'database',
    'name.schema': 'schema',
    'name.name': 'name',
    warehouse: 'warehouse',
    'schedule.cron': 'cron',
    'schedule.timezone': 'timezone',
    'schedule.everyMinutes': 'everyMinutes',
  };
  return path.startsWith('parameters.') ? `parameters.${path.slice('parameters.'.length)}` : fields[path];
}
