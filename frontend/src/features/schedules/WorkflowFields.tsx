import { TextField } from '../../components/TextField';
import { SelectField } from '../settings/SelectField';
import { useRevisions } from '../versions/use-versions';
import { useWorkflows } from '../workflows/use-workflows';
import type { ScheduleValues } from './schedule-form';

interface WorkflowFieldsProps {
  values: ScheduleValues;
  onChange: (change: Partial<ScheduleValues>) => void;
  /** Of the workflow that is chosen; null where none is. */
  published: number | null;
  /** The name of the workflow of a schedule that is there: it stays the one it is of. */
  fixed: string | undefined;
  errorAt: (path: string) => string | undefined;
}

/** What runs: a workflow, as it is published at each time or at one revision for good. */
export function WorkflowFields({ values, onChange, published, fixed, errorAt }: WorkflowFieldsProps) {
  const { workflowId, revision, name } = values;
  return (
    <div className="schedule-form">
      {fixed === undefined ? (
        <WorkflowChoice
          value={workflowId}
          error={errorAt('workflowId')}
          onChange={(chosen) => onChange({ workflowId: chosen, revision: '', parameters: {} })}
        />
      ) : (
        <TextField label="Workflow" value={fixed} readOnly />
      )}
      <SelectField
        label="Revision"
        value={revision}
        error={errorAt('revision')}
        onChange={({ target }) => onChange({ revision: target.value })}
      >
        <option value="">{published === null ? 'The published one' : `The published one (now ${published})`}</option>
        {workflowId !== '' && <RevisionOptions workflowId={workflowId} pinned={revision} />}
      </SelectField>
      <TextField
        label="Name"
        note="optional"
        value={name}
        maxLength={100}
        onChange={({ target }) => onChange({ name: target.value })}
      />
    </div>
  );
}

interface WorkflowChoiceProps {
  value: string;
  error: string | undefined;
  onChange: (workflowId: string) => void;
}

function WorkflowChoice({ value, error, onChange }: WorkflowChoiceProps) {
  const workflows = useWorkflows('', { trash: false, tag: '' }).data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <SelectField label="Workflow" value={value} error={error} onChange={({ target }) => onChange(target.value)}>
      <option value="">Choose</option>
      {workflows.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

/** The latest revisions, and the pinned one where it is none of them. */
function RevisionOptions({ workflowId, pinned }: { workflowId: string; pinned: string }) {
  const latest = useRevisions(workflowId, 0).data?.pages.flatMap(({ items }) => items) ?? [];
  const isThere = pinned === '' || latest.some(({ revision }) => String(revision) === pinned);
  return (
    <>
      {latest.map(({ revision, name }) => (
        <option key={revision} value={revision}>
          {`Pinned: ${revision}${name ? `, ${name}` : ''}`}
        </option>
      ))}
      {!isThere && <option value={pinned}>{`Pinned: ${pinned}`}</option>}
    </>
  );
}
