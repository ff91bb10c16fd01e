import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { Link, useNavigate } from 'react-router';
import type { RunSummary } from '../../../api/types';
import { StateChip } from '../../../components/StateChip';
import { useLate } from '../../../components/use-late';
import { absoluteTime, timeAgo } from '../../format/moments';
import { durationText, elapsedBetween } from '../../format/numbers';
import { RunClock } from '../RunClock';
import './RunTable.css';

interface RunTableProps {
  /** Undefined while the first page is on its way. */
  runs: readonly RunSummary[] | undefined;
  nameOf: (workflowId: string) => string | undefined;
}

const SKELETON_ROWS = [0, 1, 2, 3, 4];

export function RunTable({ runs, nameOf }: RunTableProps) {
  const navigate = useNavigate();
  const late = useLate(runs === undefined);
  if (!runs && !late) return null;
  return (
    <table className="run-table" aria-busy={!runs}>
      <caption className="visually-hidden">Your runs, the newest first</caption>
      <thead>
        <tr>
          <th scope="col">Workflow</th>
          <th scope="col">Status</th>
          <th scope="col">Started</th>
          <th scope="col" className="run-table-role">
            Runs as
          </th>
          <th scope="col" className="number">
            Duration
          </th>
          <th scope="col" className="number run-table-revision">
            Version
          </th>
        </tr>
      </thead>
      <tbody>
        {!runs &&
          SKELETON_ROWS.map((row) => (
            <tr key={row} aria-hidden>
              <td colSpan={6}>
                <span className="run-table-skeleton">Loading</span>
              </td>
            </tr>
          ))}
        {runs?.map((run) => (
          <tr key={run.id} onClick={() => void navigate(`/runs/${run.id}`)}>
            <th scope="row">
              <Link to={`/runs/${run.id}`} onClick={(event) => event.stopPropagation()}>
                {run.workflowId === null ? 'Unsaved workflow' : (nameOf(run.workflowId) ?? run.workflowId)}
              </Link>
              <span className="mono run-table-id">{run.id}</span>
              <span className="run-table-when">{timeAgo(run.startedAt ?? run.createdAt)}</span>
            </th>
            <td>
              <StateChip status={run.status} />
            </td>
            <td title={absoluteTime(run.startedAt ?? run.createdAt)}>{timeAgo(run.startedAt ?? run.createdAt)}</td>
            <td className="mono run-table-role">{run.context.role}</td>
            <td className="number">
              <Duration run={run} />
            </td>
            <td className="number run-table-revision">{run.revision}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Duration({ run: { status, startedAt, finishedAt } }: { run: RunSummary }) {
  const elapsed = elapsedBetween(startedAt, finishedAt);
  if (elapsed !== undefined) return durationText(elapsed);
  return startedAt && !isTerminal(status) ? <RunClock since={startedAt} /> : null;
}
