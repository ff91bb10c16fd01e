import { Link } from 'react-router';
import { StateChip } from '../../components/StateChip';
import { Loaded } from '../settings/Loaded';
import { useScheduleRuns } from './use-schedules';

const WORDS = { due: 'Starting', started: 'Started', skipped: 'Skipped', refused: 'Not started' } as const;

/** What became of a schedule's latest instants. */
export function ScheduleHistory({ id }: { id: string }) {
  return (
    <Loaded query={useScheduleRuns(id)} what="The history">
      {(runs) =>
        runs.length === 0 ? (
          <p className="field-hint">It has not run yet.</p>
        ) : (
          <ul className="schedule-history">
            {runs.map(({ instant, state, runId, outcome, reason, askedBy }) => (
              <li key={instant}>
                <time dateTime={instant}>{new Date(instant).toLocaleString()}</time>{' '}
                {outcome ? <StateChip status={outcome} /> : WORDS[state]} {askedBy && `by ${askedBy} `}
                {runId && <Link to={`/runs/${runId}`}>Run</Link>} {reason}
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
