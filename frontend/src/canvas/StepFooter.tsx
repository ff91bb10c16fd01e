import type { NodeRun } from '../api/types';
import { STATE_LOOKS, type StateLook } from '../components/StateChip';
import { durationText, elapsedBetween, rowsText } from '../features/format/numbers';
import { RunClock } from '../features/runs/RunClock';
import { useBuilder } from '../store/builder-store';
import { selectEndsStatement, selectSharedStatement } from '../store/selectors/node-selectors';

interface StepFooterProps {
  id: string;
  run: NodeRun;
  look: StateLook;
  stale: boolean;
}

/** How a node's part of the run went. Only what was measured is shown: in a shared statement that is at its last node. */
export function StepFooter({ id, run, look, stale }: StepFooterProps) {
  const shared = useBuilder(selectSharedStatement(id));
  const ends = useBuilder(selectEndsStatement(id));
  const { word, Icon, tone } = look;
  const elapsed = ends ? elapsedBetween(run.startedAt, run.finishedAt) : undefined;

  const isEarlier = run.status === 'succeeded' && word !== STATE_LOOKS.succeeded.word;
  const isUnderWay = run.status === 'succeeded' || run.status === 'running';

  let text = word;
  if (stale) text = 'Settings changed';
  else if (run.status === 'failed' && word === STATE_LOOKS.failed.word)
    text = run.error?.code ? shortCause(run.error.code) : word;
  else if (run.status === 'succeeded' && run.rowCount !== undefined)
    text = isEarlier ? `${rowsText(run.rowCount)}, earlier run` : rowsText(run.rowCount);
  else if (shared !== undefined && word === STATE_LOOKS[run.status].word && isUnderWay && !ends) {
    text = `in statement ${shared}`;
  }

  return (
    <div className="step-node-foot">
      <Icon size={13} aria-hidden className={run.status === 'running' ? 'spin' : undefined} />
      <span>
        <span className="visually-hidden">{word}: </span>
        {text}
      </span>
      <span className="step-node-time">
        {run.status === 'running' && ends && run.startedAt ? (
          <RunClock since={run.startedAt} />
        ) : (
          elapsed !== undefined && durationText(elapsed)
        )}
      </span>
      {tone === 'running' && <span className="step-node-bar" />}
    </div>
  );
}

const CAUSES: Readonly<Record<string, string>> = {
  SQL_FAILED: 'Statement failed',
  SNOWFLAKE_ACCESS_DENIED: 'Missing privilege',
  SOURCE_NOT_FOUND: 'Not found or no access',
  SNOWFLAKE_SESSION_ENDED: 'Session ended',
  DEADLINE_EXCEEDED: 'Took too long',
};

function shortCause(code: string): string {
  return CAUSES[code] ?? 'Failed';
}
