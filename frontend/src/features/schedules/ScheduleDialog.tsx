import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, messageOf } from '../../api/api-error';
import type { Schedule } from '../../api/schedules';
import type { Me } from '../../api/types';
import { fetchWorkflow } from '../../api/workflows';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import { TextField } from '../../components/TextField';
import '../deploy/Deploy.css';
import { useCredentials } from '../settings/credentials/use-credentials';
import { RightFields } from '../unattended/RightFields';
import { useChosenRevision } from '../unattended/use-wanted-right';
import { RuleFields } from './RuleFields';
import { emptyValues, requestOf, valuesOf, type ScheduleValues } from './schedule-form';
import { TimingFields } from './TimingFields';
import { useChangeSchedule, useCreateSchedule } from './use-schedules';
import { WorkflowFields } from './WorkflowFields';

interface ScheduleDialogProps {
  me: Me;
  /** One that changes; without it a new one is made, of the workflow if one is named. */
  schedule?: Schedule | undefined;
  workflowId?: string;
  onClose: () => void;
}

/** Makes or changes a schedule. Mounted while it is open. */
export function ScheduleDialog({ me, schedule, workflowId = '', onClose }: ScheduleDialogProps) {
  const [values, setValues] = useState(() => (schedule ? valuesOf(schedule, me) : emptyValues(workflowId, me)));
  const set = (change: Partial<ScheduleValues>) => setValues((before) => ({ ...before, ...change }));
  const workflow = useQuery({
    queryKey: ['workflow-published', values.workflowId],
    queryFn: ({ signal }) => fetchWorkflow(values.workflowId, signal),
    enabled: values.workflowId !== '',
    staleTime: 0,
  });
  const published = workflow.data?.published ?? null;
  const revision = values.revision === '' ? published : Number(values.revision);
  const chosen = useChosenRevision(values.workflowId, revision).data;
  const parameters = chosen?.definition.parameters ?? [];
  const create = useCreateSchedule();
  const change = useChangeSchedule();
  const { error, isPending } = schedule ? change : create;
  const errorAt = (path: string) =>
    error instanceof ApiError ? error.body.errors?.find((one) => one.path === path)?.message : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { workflowId: of, ...settings } = requestOf(values, parameters);
    if (schedule) change.mutate({ id: schedule.id, ...settings }, { onSuccess: onClose });
    else create.mutate({ workflowId: of, ...settings }, { onSuccess: onClose });
  };
  const isUnpublished = workflow.data !== undefined && revision === null;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={schedule ? `Change ${schedule.name}` : 'New schedule'}
      description="Runs a revision by the clock, as a stored credential. Every time has one run."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            form="schedule"
            unavailable={missingOf(values, revision)}
            aria-busy={isPending}
          >
            Save schedule
          </Button>
        </>
      }
    >
      <form id="schedule" className="deploy-form" onSubmit={submit} noValidate>
        <WorkflowFields
          values={values}
          onChange={set}
          published={published}
          fixed={schedule?.workflowName}
          errorAt={errorAt}
        />
        {isUnpublished && (
          <Notice tone="warning" title="No revision is published.">
            Pin one here, or publish one among the workflow’s versions.
          </Notice>
        )}
        <TimingFields values={values} onChange={set} />
        <RightFields
          values={values}
          onChange={set}
          errors={{ credentialId: errorAt('credentialId'), role: errorAt('role'), warehouse: errorAt('warehouse') }}
          work={chosen && { workflowId: values.workflowId, revisionHash: chosen.hash }}
          me={me}
          credentials={useCredentials().data ?? []}
        />
        {parameters.length > 0 && (
          <fieldset className="field schedule-form">
            <legend>Values of the parameters</legend>
            {parameters.map(({ name, default: own }) => (
              <TextField
                key={name}
                label={name}
                placeholder={own === undefined ? '' : String(own)}
                error={errorAt(`parameters.${name}`)}
                value={values.parameters[name] ?? ''}
                onChange={({ target }) => set({ parameters: { ...values.parameters, [name]: target.value } })}
              />
            ))}
          </fieldset>
        )}
        <RuleFields values={values} onChange={set} notifyError={errorAt('notify.0')} />
        {error && (
          <Notice tone="danger" title="The schedule was not saved.">
            {messageOf(error)}
          </Notice>
        )}
      </form>
    </Dialog>
  );
}

function missingOf({ workflowId, credentialId, role }: ScheduleValues, revision: number | null): string | undefined {
  if (workflowId === '') return 'Choose a workflow';
  if (revision === null) return 'Publish a revision, or pin one';
  if (credentialId === '') return 'Choose a stored credential';
  return role === '' ? 'Choose a role' : undefined;
}
