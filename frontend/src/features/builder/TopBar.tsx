import { MessagesSquare, Play, Sparkles } from 'lucide-react';
import { Link } from 'react-router';
import type { Workflow } from '../../api/types';
import { Button } from '../../components/Button';
import { Logo } from '../../components/Logo';
import { useBuilder } from '../../store/builder-store';
import { selectErrorCount } from '../../store/selectors/problem-selectors';
import { selectIsRunning } from '../../store/selectors/run-selectors';
import { isTalkable } from '../chat/talkable';
import type { RunControl } from '../runs/use-run';
import type { Saving } from '../saving/use-saving';
import { SaveStatus } from '../saving/SaveStatus';
import { AccountMenu } from '../session/AccountMenu';
import { ContextPicker } from '../session/ContextPicker';
import { VersionsButton } from '../versions/VersionsButton';
import { RunMenu } from './RunMenu';
import { useWidth } from './use-width';
import { WorkflowMenu } from './WorkflowMenu';
import { WorkflowName } from './WorkflowName';
import './TopBar.css';

interface TopBarProps {
  workflow: Pick<Workflow, 'id' | 'access'>;
  saving: Saving;
  run: RunControl;
  onReload: () => void;
}

export function TopBar({ workflow, saving, run, onReload }: TopBarProps) {
  const workflowId = workflow.id;
  const width = useWidth();
  const running = useBuilder(selectIsRunning);
  const errors = useBuilder(selectErrorCount);
  const empty = useBuilder((state) => state.nodes.length === 0);
  const talkable = useBuilder((state) => isTalkable(state.rest.parameters));
  const readOnly = useBuilder((state) => state.readOnly);
  const narrow = width === 'tablet' || width === 'phone';
  return (
    <header className="topbar" id="topbar" tabIndex={-1}>
      <div className="topbar-crumbs">
        {narrow ? (
          <Link to="/workflows" aria-label="All workflows">
            <Logo size={22} />
          </Link>
        ) : (
          <>
            <Link to="/workflows">Workflows</Link>
            <span aria-hidden>/</span>
          </>
        )}
        <WorkflowName />
      </div>
      <SaveStatus workflowId={workflowId} saving={saving} onReload={onReload} />
      <div className="topbar-actions">
        {!readOnly && (
          <Button look="ghost" iconOnly="Describe in words" onClick={() => useBuilder.getState().setDescribing(true)}>
            <Sparkles size={16} aria-hidden />
          </Button>
        )}
        <ContextPicker />
        {talkable && (
          <Button look="ghost" onClick={() => useBuilder.getState().showDrawer('chat')}>
            <MessagesSquare size={14} aria-hidden /> Chat
          </Button>
        )}
        {running ? (
          <Button onClick={run.cancel} aria-busy={run.cancelling} title="Cancel run (Ctrl .)">
            <span className="stop-mark" aria-hidden /> {run.cancelling ? 'Cancelling' : 'Cancel run'}
          </Button>
        ) : (
          <Button
            look="run"
            onClick={() => run.start()}
            aria-busy={run.starting}
            title="Run (Ctrl Enter)"
            unavailable={empty ? 'Add a node first' : undefined}
            data-errors={errors}
          >
            <Play size={14} aria-hidden /> Run
          </Button>
        )}
        <VersionsButton workflow={workflow} saving={saving} onReload={onReload} />
        <RunMenu workflowId={workflowId} run={run} />
        <WorkflowMenu workflowId={workflowId} saving={saving} />
        {narrow && <AccountMenu />}
      </div>
    </header>
  );
}
