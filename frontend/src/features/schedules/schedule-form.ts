import type { Credential } from '../../api/credentials';
import type { NewSchedule, Timing } from '../../api/schedules';
import type { WorkflowParameter } from '@snowflow/contracts/documents/workflow-document';

/** What is filled in, as texts. */
export interface ScheduleValues {
  workflowId: string;
  name: string;
  kind: 'cron' | 'every';
  cron: string;
  every: string;
  timezone: string;
  /** An approved binding's id. */
  bindingId: string;
  catchUp: NonNullable<NewSchedule['catchUp']>;
  overlap: NonNullable<NewSchedule['overlap']>;
  notify: string;
  parameters: Record<string, string>;
}

/** A right to run the workflow: a credential with a role and a warehouse that its owner approved. */
export interface ApprovedRight {
  bindingId: string;
  credentialId: string;
  label: string;
  role: string;
  warehouse: string | null;
}

export const emptyValues = (workflowId: string): ScheduleValues => ({
  workflowId,
  name: '',
  kind: 'cron',
  cron: '0 7 * * MON-FRI',
  every: '13h',
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  bindingId: '',
  catchUp: 'last',
  overlap: 'skip',
  notify: '',
  parameters: {},
});

/** The rights to run a workflow without a person. */
export function rightsFor(workflowId: string, credentials: readonly Credential[]): ApprovedRight[] {
  return credentials
    .filter(({ state }) => state === 'active')
    .flatMap(({ id, name, bindings }) =>
      bindings
        .filter((one) => one.state === 'approved' && one.workflowId === workflowId)
        .map((one) => ({
          bindingId: one.id,
          credentialId: id,
          role: one.role,
          warehouse: one.warehouse,
          label: `${name} as ${one.role}${one.warehouse === null ? '' : ` on ${one.warehouse}`}`,
        })),
    );
}

export const timingOf = ({ kind, cron, every, timezone }: ScheduleValues): Timing =>
  kind === 'cron' ? { cron, timezone } : { every, timezone };

/** What is sent. A parameter that is left empty has its default. */
export function requestOf(
  values: ScheduleValues,
  { credentialId, role, warehouse }: ApprovedRight,
  declared: readonly WorkflowParameter[],
): NewSchedule {
  const { workflowId, name, catchUp, overlap } = values;
  const notify = values.notify.split(/[\s,;]+/).filter(Boolean);
  const given = declared.flatMap(({ name: parameter, type }): [string, unknown][] => {
    const text = values.parameters[parameter] ?? '';
    return text === '' ? [] : [[parameter, typed(type, text)]];
  });
  return {
    ...timingOf(values),
    workflowId,
    ...(name.trim() ? { name: name.trim() } : {}),
    credentialId,
    role,
    warehouse,
    parameters: Object.fromEntries(given),
    catchUp,
    overlap,
    notify,
  };
}

/** A text that is no number goes as it is: the server says what it should be. */
function typed(type: WorkflowParameter['type'], text: string): string | number | boolean {
  if (type === 'number' && Number.isFinite(Number(text))) return Number(text);
  if (type === 'boolean' && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text;
}
