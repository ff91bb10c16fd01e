import { TextField } from '../../components/TextField';
import { SelectField } from '../settings/SelectField';
import type { ScheduleValues } from './schedule-form';

interface RuleFieldsProps {
  values: ScheduleValues;
  onChange: (change: Partial<ScheduleValues>) => void;
  notifyError: string | undefined;
}

/** What becomes of times that were missed or overlap, and who hears when it pauses. */
export function RuleFields({ values, onChange, notifyError }: RuleFieldsProps) {
  const { catchUp, overlap, notify } = values;
  return (
    <>
      <div className="schedule-form">
        <SelectField
          label="Times that were missed"
          value={catchUp}
          onChange={({ target }) => onChange({ catchUp: target.value as ScheduleValues['catchUp'] })}
        >
          <option value="last">Run the last one</option>
          <option value="skip">Skip them</option>
          <option value="all">Run the last ten</option>
        </SelectField>
        <SelectField
          label="While the run before goes on"
          value={overlap}
          onChange={({ target }) => onChange({ overlap: target.value as ScheduleValues['overlap'] })}
        >
          <option value="skip">Skip the time</option>
          <option value="queue">Run afterwards</option>
          <option value="cancel">Cancel the run before</option>
        </SelectField>
      </div>
      <TextField
        label="Email when it pauses"
        note="optional"
        value={notify}
        error={notifyError}
        onChange={({ target }) => onChange({ notify: target.value })}
      />
    </>
  );
}
