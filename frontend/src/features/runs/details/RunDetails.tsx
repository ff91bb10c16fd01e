import { Tabs } from 'radix-ui';
import { useState } from 'react';
import type { Workflow } from '../../../api/types';
import { ConfirmDialog } from '../../settings/ConfirmDialog';
import { StatementPicture } from '../statements/StatementPicture';
import { StatementTable } from '../statements/StatementTable';
import { NodePanel } from '../timeline/NodePanel';
import { Timeline } from '../timeline/Timeline';
import { DetailsAnnouncer } from './DetailsAnnouncer';
import { EventList } from './EventList';
import { FailureNotice } from './FailureNotice';
import { NodeActions } from './NodeActions';
import { nodesWithRows } from './nodes-with-rows';
import { RunApprovals } from './RunApprovals';
import { RunFacts } from './RunFacts';
import { RunHeader } from './RunHeader';
import { RunParameters } from './RunParameters';
import { RunResults } from './RunResults';
import { useDetailsView } from './use-details-view';
import type { NodeNames } from './node-names';
import type { LiveRun } from './use-live-run';
import { useRunActions } from './use-run-actions';
import '../../../components/Tabs.css';
import './RunDetails.css';

interface RunDetailsProps {
  run: LiveRun;
  /** As it is now; a run of an unsaved document has none. */
  workflow: Workflow | undefined;
  names: NodeNames;
  reconnecting: boolean;
}

/** One run: how it stands, when its nodes ran, what Snowflake was given, what came of it. */
export function RunDetails({ run, workflow, names, reconnecting }: RunDetailsProps) {
  const actions = useRunActions(run);
  const view = useDetailsView();
  const [asking, setAsking] = useState(false);
  const node = view.node === null ? undefined : run.nodes[view.node];
  const writing = Object.entries(run.nodes).find(
    ([id, { status }]) => status === 'running' && names.of(id).type === 'output.table',
  )?.[0];
  const withRows = nodesWithRows(run, (id) => names.of(id).type);
  const showStatement = (step: string) => {
    view.show({ tab: 'statements', step });
    // It may be below the fold: the focus brings it to sight.
    requestAnimationFrame(() => document.getElementById(`step-${step}`)?.focus());
  };

  return (
    <>
      <RunHeader
        run={run}
        workflow={workflow}
        actions={actions}
        onCancel={() => (writing === undefined ? actions.cancel() : setAsking(true))}
      />
      <RunFacts run={run} />
      <RunParameters parameters={run.parameters} />
      <RunApprovals run={run} names={names} />
      {run.error && <FailureNotice run={run} error={run.error} names={names} onShowStatement={showStatement} />}
      <div className="run-details">
        <div className="run-details-main">
          <Timeline run={run} names={names} selected={view.node} onSelect={(id) => view.show({ node: id })}>
            {view.node !== null && node && (
              <NodePanel
                nodeId={view.node}
                node={node}
                run={run}
                names={names}
                actions={
                  <NodeActions
                    nodeId={view.node}
                    actions={actions}
                    onShowRows={withRows.includes(view.node) ? () => view.show({ tab: 'results' }) : undefined}
                  />
                }
              />
            )}
          </Timeline>
          <Tabs.Root
            className="page-card run-tabs"
            value={view.tab}
            onValueChange={(tab) => view.show({ tab: tab === 'results' ? 'results' : 'statements' })}
          >
            <Tabs.List className="tabs" aria-label="What was run">
              <Tabs.Trigger value="statements">Statements</Tabs.Trigger>
              <Tabs.Trigger value="results">Results</Tabs.Trigger>
            </Tabs.List>
            <Tabs.Content value="statements" tabIndex={-1}>
              {workflow && (
                <>
                  <StatementPicture definition={workflow.definition} run={run} names={names} open={view.step} />
                  {workflow.revision !== run.revision && (
                    <p className="statement-picture-note">
                      Names and places are those of version {workflow.revision}, which the workflow has now.
                    </p>
                  )}
                </>
              )}
              <StatementTable run={run} names={names} open={view.step} onOpen={(step) => view.show({ step })} />
            </Tabs.Content>
            <Tabs.Content value="results" tabIndex={-1}>
              <RunResults
                run={run}
                definition={workflow?.definition}
                names={names}
                selected={view.node}
                onSelect={(id) => view.show({ node: id })}
              />
            </Tabs.Content>
          </Tabs.Root>
        </div>
        <EventList run={run} names={names} reconnecting={reconnecting} />
      </div>
      <ConfirmDialog
        open={asking}
        title="Cancel this run?"
        description={`${writing === undefined ? 'A node' : names.of(writing).label} is writing a table now. Snowflake keeps what the statement has finished.`}
        keep="Keep running"
        confirm="Cancel run"
        busy={false}
        error={null}
        onConfirm={() => {
          actions.cancel();
          setAsking(false);
        }}
        onClose={() => setAsking(false)}
      />
      <DetailsAnnouncer run={run} names={names} />
    </>
  );
}
