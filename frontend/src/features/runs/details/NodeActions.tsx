import { ArrowRightFromLine, ArrowRightToLine, Rows3 } from 'lucide-react';
import { Button } from '../../../components/Button';
import type { RunActions } from './use-run-actions';

interface NodeActionsProps {
  nodeId: string;
  actions: RunActions;
  /** Leads to the node's rows; absent where it has none of its own. */
  onShowRows: (() => void) | undefined;
}

/** What can be done from one node of a run. */
export function NodeActions({ nodeId, actions, onShowRows }: NodeActionsProps) {
  return (
    <>
      <Button
        size="sm"
        look="ghost"
        unavailable={actions.notContinued}
        aria-busy={actions.starting}
        onClick={() => actions.fromHere(nodeId)}
      >
        <ArrowRightFromLine size={14} aria-hidden /> Run from here
      </Button>
      <Button
        size="sm"
        look="ghost"
        unavailable={actions.notRepeatable}
        aria-busy={actions.starting}
        onClick={() => actions.toHere(nodeId)}
      >
        <ArrowRightToLine size={14} aria-hidden /> Run to here
      </Button>
      {onShowRows && (
        <Button size="sm" look="ghost" onClick={onShowRows}>
          <Rows3 size={14} aria-hidden /> Rows
        </Button>
      )}
    </>
  );
}
