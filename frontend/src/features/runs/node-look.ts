import type { RunStatus } from '@snowflow/contracts/runs/run-state';
import { CircleArrowRight, CircleQuestionMark, History, RotateCw } from 'lucide-react';
import type { NodeRun, RunError } from '../../api/types';
import { hasTrace } from './trace/has-trace';
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

const WAITS: Readonly<Record<NonNullable<NodeRun['waitsFor']>, string>> = {
  approval: 'Waits for a decision',
  time: 'Waits for its time',
  session: 'Waits for a sign-in',
  workflow: 'Waits for its run',
};

function waitingWord(waitsFor: NodeRun['waitsFor'], type: string): string | undefined {
  if (waitsFor === 'workflow' && type === 'logic.map') return 'Waits for its runs';
  if (waitsFor === 'workflow' && hasTrace(type)) return WAITS.approval;
  return waitsFor && WAITS[waitsFor];
}

/** What is looked at of a node of a run. */
export type LookedAt = Pick<NodeRun, 'status' | 'waitsFor' | 'attempts' | 'startedAt' | 'finishedAt' | 'error'>;

interface Circumstances {
  /** It failed, and the run went on. */
  continued: boolean;
  /** An earlier run did it. */
  earlier: boolean;
}

/** Whether a node's outcome was taken over from an earlier run: it has that one's times. */
export function ranEarlier({ createdAt }: { createdAt: string }, { startedAt, finishedAt }: LookedAt): boolean {
  const last = finishedAt ?? startedAt;
  return last !== null && Date.parse(last) < Date.parse(createdAt);
}

/**
 * How a node's state is shown: what waits says what for, what was not run again says so, and so does a failure that ended nothing or
 * whose outcome nobody knows.
 */
export function nodeLook(
  { status, waitsFor, attempts, error }: LookedAt,
  type: string,
  { continued, earlier }: Circumstances,
): StateLook {
  const look = STATE_LOOKS[status];
  if (status === 'waiting') return { ...look, word: waitingWord(waitsFor, type) ?? look.word };
  if (status === 'running' && attempts > 1)
    return { ...look, word: `Trying again, attempt ${attempts}`, Icon: RotateCw };
  if (status === 'succeeded' && earlier) return { ...look, word: 'Taken from an earlier run', Icon: History };
  if (status !== 'failed') return look;
  if (error?.code === 'OUTCOME_UNKNOWN') return { ...look, word: 'Outcome unknown, check', Icon: CircleQuestionMark };
  return continued ? { ...look, word: 'Failed, run went on', Icon: CircleArrowRight } : look;
}
