import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { RotateCcw, StepForward, Workflow as WorkflowIcon } from 'lucide-react';
import { useEffect } from 'react';
import { Link } from 'react-router';
import type { Workflow } from '../../../api/types';
import { Button } from '../../../components/Button';
import { StateChip, STATE_LOOKS } from '../../../components/StateChip';
import { dayAndTime } from '../../format/moments';
import type { LiveRun } from './use-live-run';
import type { RunActions } from './use-run-actions';
import './RunHeader.css';

interface RunHeaderProps {
  run: LiveRun;
  workflow: Workflow | undefined;
  actions: RunActions;
  onCancel: () => void;
}

/** Which run this is, how it stands, and what can be done with it. */
export function RunHeader({ run, workflow, actions, onCancel }: RunHeaderProps) {
  const title = `Run of ${dayAndTime(run.startedAt ?? run.createdAt)}`;
  const going = !isTerminal(run.status);
  const { word } = STATE_LOOKS[run.status];

  useEffect(() => {
    document.title = `${word}: ${workflow?.name ?? title} · SnowFlow`;
  }, [word, workflow, title]);

  return (
    <header className="page-head run-head">
      <div>
        <nav aria-label="Breadcrumb" className="run-crumbs">
          <Link to="/runs">Runs</Link>
          <span aria-hidden>/</span>
          {run.workflowId === null ? (
            <span>Unsaved workflow</span>
          ) : (
            <Link to={`/runs?workflow=${run.workflowId}`}>{workflow?.name ?? run.workflowId}</Link>
          )}
        </nav>
        <h1>
          {title} <StateChip status={run.status} />
        </h1>
      </div>
      <div className="run-head-actions">
        {run.workflowId !== null && (
          <Link
            className="button button-default button-md"
            to={`/workflows/${run.workflowId}?run=${encodeURIComponent(run.id)}`}
          >
            <WorkflowIcon size={14} aria-hidden /> Open in builder
          </Link>
        )}
        <Button onClick={actions.again} aria-busy={actions.starting} unavailable={actions.notRepeatable}>
          <RotateCcw size={14} aria-hidden /> Run again
        </Button>
        {(run.status === 'failed' || run.status === 'cancelled') && (
          <Button onClick={actions.retry} aria-busy={actions.starting} unavailable={actions.notOwn}>
            <StepForward size={14} aria-hidden /> {run.status === 'failed' ? 'Retry from failed' : 'Run the rest'}
          </Button>
        )}
        {going && (
          <Button onClick={onCancel} aria-busy={actions.cancelling}>
            <span className="stop-mark" aria-hidden /> {actions.cancelling ? 'Cancelling' : 'Cancel run'}
          </Button>
        )}
      </div>
    </header>
  );
}
