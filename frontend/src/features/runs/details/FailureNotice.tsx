import type { RunError } from '../../../api/types';
import { Button } from '../../../components/Button';
import { Notice } from '../../../components/Notice';
import { statementOf } from '../statements/statements';
import type { NodeNames } from './node-names';
import type { LiveRun } from './use-live-run';

interface FailureNoticeProps {
  run: LiveRun;
  error: RunError;
  names: NodeNames;
  onShowStatement: (step: string) => void;
}

/** Why the run failed, and the way to the statement at fault. */
export function FailureNotice({ run, error, names, onShowStatement }: FailureNoticeProps) {
  const { nodeId } = error;
  const statement = nodeId === undefined ? undefined : statementOf(run, nodeId);
  return (
    <Notice
      tone="danger"
      title={nodeId === undefined ? 'The run failed.' : `${names.of(nodeId).label} failed.`}
      action={
        statement && (
          <Button size="sm" onClick={() => onShowStatement(statement.step)}>
            Show statement {statement.number}
          </Button>
        )
      }
    >
      {error.message ?? `The cause is ${error.code}.`}
    </Notice>
  );
}
