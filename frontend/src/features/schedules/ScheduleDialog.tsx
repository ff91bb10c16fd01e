import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { ApiError, messageOf } from '../../api/api-error';
import { fetchWorkflow } from '../../api/workflows';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import { TextField } from '../../components/TextField';
import { SelectField } from '../settings/SelectField';
import { useCredentials } from '../settings/credentials/use-credentials';
import { useWorkflows } from '../workflows/use-workflows';
import { emptyValues, requestOf, rightsFor, type ScheduleValues } from './schedule-form';
import { TimingFields } from './TimingFields';
import { useCreateSchedule } from './use-schedules';

/** Makes a schedule. */
export function ScheduleDialog({ workflowId, onClose }: { workflowId: string; onClose: () => void }) {
  const [values, setValues] = useState(() => emptyValues(workflowId));
  const set = (change: Partial<ScheduleValues>) => setValues((before) => ({ ...before, ...change }));
  const workflows = useWorkflows('', { trash: false, tag: '' }).data?.pages.flatMap(({ items }) => items) ?? [];
  const workflow = useQuery({
    queryKey: ['workflow-parameters', values.workflowId],
    queryFn: ({ signal }) => fetchWorkflow(values.workflowId, signal),
    enabled: values.workflowId !== '',
  });
  const credentials = useCredentials();
  const rights = rightsFor(values.workflowId, credentials.data ?? []);
  const right = rights.find(({ bindingId }) => bindingId === values.bindingId) ?? rights[0];
  const parameters = workflow.data?.definition.parameters ?? [];
  const create = useCreateSchedule();
  const errorAt = (path: string) =>
    create.error instanceof ApiError
      ? create.error.body.errors?.find((error) => error.path === path)?.message
      : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (right) create.mutate(requestOf(values, right, parameters), { onSuccess: onClose });
  };
  const missing =
    values.workflowId === '' ? 'Choose a workflow' : right ? undefined : 'It needs an approved credential';
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="New schedule"
      description="Runs the published revision by the clock, as a stored credential. Every time has one run."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form="schedule" unavailable={missing} aria-busy={create.isPending}>
            Save schedule
          </Button>
        </>
      }
    >
      <form id="schedule" onSubmit={submit} noValidate>
        <div className="schedule-form">
          <SelectField
            label="Workflow"
            value={values.workflowId}
            error={errorAt('workflowId') ?? errorAt('revision')}
            onChange={({ target }) => set({ workflowId: target.value, bindingId: '', parameters: {} })}
          >
            <option value="">Choose</option>
            {workflows.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <TextField
            label="Name"
            note="optional"
            value={values.name}
            maxLength={100}
            onChange={({ target }) => set({ name: target.value })}
          />
        </div>
        <TimingFields values={values} onChange={set} />
        {values.workflowId !== '' && credentials.data && rights.length === 0 ? (
          <Notice tone="warning" title="No credential is approved for this workflow.">
            Propose and approve one in <Link to="/settings/credentials">Settings</Link>.
          </Notice>
        ) : (
          <SelectField
            label="Runs as"
            value={right?.bindingId ?? ''}
            error={errorAt('credentialId')}
            onChange={({ target }) => set({ bindingId: target.value })}
          >
            {rights.map(({ bindingId, label }) => (
              <option key={bindingId} value={bindingId}>
                {label}
              </option>
            ))}
          </SelectField>
        )}
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
        <div className="schedule-form">
          <SelectField
            label="Times that were missed"
            value={values.catchUp}
            onChange={({ target }) => set({ catchUp: target.value as ScheduleValues['catchUp'] })}
          >
            <option value="last">Run the last one</option>
            <option value="skip">Skip them</option>
            <option value="all">Run the last ten</option>
          </SelectField>
          <SelectField
            label="While the run before goes on"
            value={values.overlap}
            onChange={({ target }) => set({ overlap: target.value as ScheduleValues['overlap'] })}
          >
            <option value="skip">Skip the time</option>
            <option value="queue">Run afterwards</option>
            <option value="cancel">Cancel the run before</option>
          </SelectField>
        </div>
        <TextField
          label="Email when it pauses"
          note="optional"
          value={values.notify}
          error={errorAt('notify.0')}
          onChange={({ target }) => set({ notify: target.value })}
        />
        {create.error && (
          <Notice tone="danger" title="The schedule was not saved.">
            {messageOf(create.error)}
          </Notice>
        )}
      </form>
    </Dialog>
  );
}
