import { useDeferredValue, useId } from 'react';
import { ApiError, messageOf } from '../../api/api-error';
import { TextField } from '../../components/TextField';
import { SelectField } from '../settings/SelectField';
import { cronInWords } from './cron-words';
import { NextTimes } from './NextTimes';
import { timingOf, type ScheduleValues } from './schedule-form';
import { useNextTimes } from './use-schedules';

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

interface TimingFieldsProps {
  values: ScheduleValues;
  onChange: (change: Partial<ScheduleValues>) => void;
}

/** When: in words as it is written, with the next five times or what is wrong. */
export function TimingFields({ values, onChange }: TimingFieldsProps) {
  const zonesId = useId();
  const { kind, cron, every, timezone } = values;
  const asked = useDeferredValue(values);
  const next = useNextTimes(timingOf(asked));
  const errors = next.error instanceof ApiError ? (next.error.body.errors ?? []) : [];
  const errorAt = (path: string) => errors.find((error) => error.path === path)?.message;
  return (
    <>
      <div className="schedule-form">
        <SelectField
          label="Repeats"
          value={kind}
          onChange={({ target }) => onChange({ kind: target.value as ScheduleValues['kind'] })}
        >
          <option value="cron">At times of day (cron)</option>
          <option value="every">Every so long (interval)</option>
        </SelectField>
        {kind === 'cron' ? (
          <TextField
            label="Cron"
            mono
            value={cron}
            hint={cronInWords(cron) ?? 'Minute, hour, day of month, month, day of week'}
            error={errorAt('cron')}
            onChange={({ target }) => onChange({ cron: target.value })}
          />
        ) : (
          <TextField
            label="Every"
            mono
            value={every}
            hint="As 13h, 90m or 1d12h. Counts from now, whatever clocks show."
            error={errorAt('every')}
            onChange={({ target }) => onChange({ every: target.value })}
          />
        )}
        <TextField
          label="Time zone"
          list={zonesId}
          value={timezone}
          error={errorAt('timezone')}
          onChange={({ target }) => onChange({ timezone: target.value })}
        />
        <datalist id={zonesId}>
          {ZONES.map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </datalist>
      </div>
      {next.data && <NextTimes times={next.data.nextTimes} timezone={asked.timezone} />}
      {next.error && errors.length === 0 && <p className="field-error">{messageOf(next.error)}</p>}
    </>
  );
}
