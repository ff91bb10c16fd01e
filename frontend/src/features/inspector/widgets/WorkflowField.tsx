import { ChevronDown } from 'lucide-react';
import { useWatch } from 'react-hook-form';
import { useWorkflowNames } from '../../runs/list/use-workflow-names';
import { FieldFrame, type WidgetProps } from '../FieldFrame';

/** One of the person's saved workflows. One that is named but not there stays visible, so it can be seen and replaced. */
export function WorkflowField(props: WidgetProps) {
  const given: unknown = useWatch({ name: props.path });
  const chosen = typeof given === 'string' ? given : '';
  const { choices, nameOf } = useWorkflowNames(chosen === '' ? [] : [chosen]);
  const isElsewhere = chosen !== '' && !choices.some(({ id }) => id === chosen);
  return (
    <FieldFrame
      {...props}
      render={({ value: _value, onChange, invalid, describedBy, ...control }) => (
        <div className="control-select">
          <select
            {...control}
            className="control"
            value={chosen}
            onChange={(event) => onChange(event.target.value)}
            aria-invalid={invalid || undefined}
            aria-describedby={describedBy}
          >
            <option value="">Choose a workflow</option>
            {isElsewhere && <option value={chosen}>{nameOf(chosen) ?? chosen}</option>}
            {choices.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <ChevronDown size={14} aria-hidden />
        </div>
      )}
    />
  );
}
