import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { X } from 'lucide-react';
import { Link } from 'react-router';
import { Button } from '../../components/Button';
import { StateChip } from '../../components/StateChip';
import { useBuilder } from '../../store/builder-store';
import { selectNodesEnded, selectNodesTotal } from '../../store/selectors/run-selectors';
import { durationText, elapsedBetween } from '../format/numbers';
import { RunClock } from './RunClock';
import './RunPill.css';

/** The run at a glance, over the canvas. */
export function RunPill() {
  const id = useBuilder((state) => state.run?.id);
  const status = useBuilder((state) => state.run?.status);
  const startedAt = useBuilder((state) => state.run?.startedAt ?? null);
  const finishedAt = useBuilder((state) => state.run?.finishedAt ?? null);
  const total = useBuilder(selectNodesTotal);
  const ended = useBuilder(selectNodesEnded);
  const reconnecting = useBuilder((state) => state.reconnecting);
  if (!status) return null;
  const elapsed = elapsedBetween(startedAt, finishedAt);
  return (
    <div className="run-pill" data-testid="run-pill">
      <StateChip status={status} />
      <span>
        {ended} of {total} nodes
      </span>
      {startedAt && <span>{elapsed === undefined ? <RunClock since={startedAt} /> : durationText(elapsed)}</span>}
      {id && <Link to={`/runs/${id}`}>Open run</Link>}
      {reconnecting && !isTerminal(status) && <span>Reconnecting, run continues</span>}
      {isTerminal(status) && (
        <Button look="ghost" size="xs" iconOnly="Hide run states" onClick={() => useBuilder.getState().clearRun()}>
          <X size={14} aria-hidden />
        </Button>
      )}
    </div>
  );
}
