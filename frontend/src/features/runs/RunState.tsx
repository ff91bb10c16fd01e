import type { NodeStatus, RunStatus } from '@snowflow/contracts/runs/run-state';
import { STATE_LOOKS } from '../../components/StateChip';
import './RunState.css';

/** A state as tables show it: icon, word and colour, without the chip around them. */
export function RunState({ status }: { status: RunStatus | NodeStatus }) {
  const { word, Icon, tone } = STATE_LOOKS[status];
  return (
    <span className="run-state" data-tone={tone}>
      <Icon size={14} aria-hidden className={tone === 'running' ? 'spin' : undefined} />
      <span>{word}</span>
    </span>
  );
}
