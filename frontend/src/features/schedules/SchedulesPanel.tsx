import { useState, type ReactNode } from 'react';
import type { ScheduleSummary } from '../../api/schedules';
import { messageOf } from '../../api/api-error';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';
import { showToast } from '../../components/toast-store';
import { ConfirmDialog } from '../settings/ConfirmDialog';
import { RecordRow } from '../settings/RecordRow';
import { cronInWords, intervalInWords } from './cron-words';
import { NextTimes } from './NextTimes';
import { ScheduleHistory } from './ScheduleHistory';
import { useChangeSchedule, useRemoveSchedule, useRunNow } from './use-schedules';
import './Schedules.css';

interface SchedulesPanelProps {
  schedules: readonly ScheduleSummary[];
  /** An admin's list of everybody's, which can be paused and removed. */
  ofTenant?: boolean;
  onEdit?: (id: string) => void;
}

/** Schedules with when they run, why they are paused, and what became of them. */
export function SchedulesPanel({ schedules, ofTenant = false, onEdit }: SchedulesPanelProps) {
  return (
    <ul className="record-list">
      {schedules.map((schedule) => (
        <ScheduleItem key={schedule.id} schedule={schedule} ofTenant={ofTenant} onEdit={onEdit} />
      ))}
    </ul>
  );
}

const whenOf = ({ cron, every }: ScheduleSummary): ReactNode =>
  cron ? `${cronInWords(cron) ?? ''} (${cron})` : intervalInWords(every ?? '');

interface ScheduleItemProps {
  schedule: ScheduleSummary;
  ofTenant: boolean;
  onEdit: SchedulesPanelProps['onEdit'];
}

function ScheduleItem({ schedule, ofTenant, onEdit }: ScheduleItemProps) {
  const { id, name, workflowName, timezone, role, warehouse, enabled, pausedReason, nextTimes, createdBy } = schedule;
  const [asks, setAsks] = useState<'pause' | 'remove' | null>(null);
  const [shows, setShows] = useState(false);
  const change = useChangeSchedule();
  const remove = useRemoveSchedule();
  const runNow = useRunNow();
  const close = () => setAsks(null);
  const failed = change.error ?? runNow.error;
  const facts = [
    { label: 'Workflow', value: workflowName },
    { label: 'When', value: whenOf(schedule) },
    { label: 'Zone', value: timezone },
    { label: 'Role', value: role },
    { label: 'Warehouse', value: warehouse ?? 'none' },
    ...(ofTenant ? [{ label: 'Made by', value: createdBy }] : []),
  ];
  return (
    <RecordRow
      title={name}
      facts={facts}
      actions={
        <>
          {!ofTenant && (
            <Button
              onClick={() => runNow.mutate(id, { onSuccess: () => showToast(`${name} starts now.`) })}
              aria-label={`Run now: ${name}`}
            >
              Run now
            </Button>
          )}
          {onEdit && (
            <Button onClick={() => onEdit(id)} aria-label={`Edit ${name}`}>
              Edit
            </Button>
          )}
          {enabled && (
            <Button onClick={() => setAsks('pause')} aria-label={`Pause ${name}`}>
              Pause
            </Button>
          )}
          {!enabled && !ofTenant && (
            <Button onClick={() => change.mutate({ id, enabled: true })} aria-label={`Resume ${name}`}>
              Resume
            </Button>
          )}
          <Button onClick={() => setAsks('remove')} aria-label={`Remove ${name}`}>
            Remove
          </Button>
        </>
      }
    >
      {!enabled && (
        <Notice tone="warning" title="Paused.">
          {pausedReason ?? 'It does not run until it is resumed.'}
        </Notice>
      )}
      {failed && (
        <Notice tone="danger" title="That did not work.">
          {messageOf(failed)}
        </Notice>
      )}
      {nextTimes.length > 0 && <NextTimes times={nextTimes} timezone={timezone} />}
      {!ofTenant && (
        <Button look="ghost" aria-expanded={shows} onClick={() => setShows(!shows)}>
          {shows ? 'Hide history' : 'Show history'}
        </Button>
      )}
      {shows && <ScheduleHistory id={id} />}
      <ConfirmDialog
        open={asks === 'pause'}
        title={`Pause ${name}?`}
        description="It does not run until somebody resumes it. A run that is under way goes on."
        keep="Keep it running"
        confirm="Pause"
        busy={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate({ id, enabled: false }, { onSuccess: close })}
        onClose={close}
      />
      <ConfirmDialog
        open={asks === 'remove'}
        title={`Remove ${name}?`}
        description="It never runs again, and its history goes with it. Its runs stay."
        keep="Keep it"
        confirm="Remove"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(id, { onSuccess: close })}
        onClose={close}
      />
    </RecordRow>
  );
}
