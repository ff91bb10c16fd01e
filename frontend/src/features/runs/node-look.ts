import type { NodeStatus, RunStatus } from '@snowflow/contracts/runs/run-state';
import { CircleArrowRight } from 'lucide-react';
import type { NodeRun, RunError } from '../../api/types';
import { STATE_LOOKS, type StateLook } from '../../components/StateChip';

interface EndedRun {
  status: RunStatus;
  error?: RunError;
  nodes: Readonly<Record<string, NodeRun>>;
}

/** Whether a config says that the run goes on when its node fails. */
export const goesOnAfterFailure = ({ onError }: Readonly<Record<string, unknown>>): boolean =>
  onError === 'continue' || onError === 'branch';

/** Whether a node failed and the run went on without it. */
export function wentOn({ status, error, nodes }: EndedRun, nodeId: string, goesOn: boolean): boolean {
  if (nodes[nodeId]?.status !== 'failed' || error?.nodeId === nodeId) return false;
  return status === 'succeeded' || goesOn;
}

const WAITS: Readonly<Record<string, string>> = {
  'logic.approval': 'Waits for a decision',
  'logic.wait': 'Waits for its time',
};

/** How a node's state is shown: what waits says what for, and a failure that ended nothing says so. */
export function nodeLook(status: NodeStatus, type: string, continued: boolean): StateLook {
  const look = STATE_LOOKS[status];
  if (status === 'waiting') return { ...look, word: WAITS[type] ?? look.word };
  return status === 'failed' && continued ? { ...look, word: 'Failed, run went on', Icon: CircleArrowRight } : look;
}
