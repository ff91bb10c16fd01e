import type { ReactNode } from 'react';
import type { NodeRun } from '../../../api/types';
import { StateChip } from '../../../components/StateChip';
import { durationText, elapsedBetween, rowsText } from '../../format/numbers';
import { lookInRun } from '../details/look-in-run';
import { NodeValue } from '../../results/NodeValue';
import { NodeName } from '../details/NodeName';
import type { NodeNames } from '../details/node-names';
import type { LiveRun } from '../details/use-live-run';
import { RunFailure } from '../RunFailure';
import { AgentTrace } from '../trace/AgentTrace';
import { hasTrace } from '../trace/has-trace';
import { QueryId } from '../statements/QueryId';
import { statementOf } from '../statements/statements';
import './NodePanel.css';

interface NodePanelProps {
  nodeId: string;
  node: NodeRun;
  run: LiveRun;
  names: NodeNames;
  actions: ReactNode;
}

/** What is known of one node of the run. */
export function NodePanel({ nodeId, node, run, names, actions }: NodePanelProps) {
  const statement = statementOf(run, nodeId);
  const ends = statement === undefined || statement.endsAt === nodeId;
  const elapsed = ends ? elapsedBetween(node.startedAt, node.finishedAt) : undefined;
  const whole = elapsedBetween(run.startedAt, run.finishedAt);
  const queryId = node.queryId && <QueryId id={node.queryId} />;
  const facts: [string, ReactNode][] = [
    ['Statement', statement && `${statement.number} of ${run.plan.length}`],
    ['Rows', node.rowCount === undefined ? undefined : rowsText(node.rowCount)],
    ['Time', elapsed === undefined ? undefined : durationText(elapsed)],
    ['Share of run time', elapsed === undefined || !whole ? undefined : shareOf(elapsed, whole)],
    ['Attempts', node.attempts > 1 ? node.attempts : undefined],
    ['Query ID', queryId],
  ];
  return (
    <div className="node-panel" role="group" aria-label={names.of(nodeId).label}>
      <header>
        <strong>
          <NodeName id={nodeId} names={names} />
        </strong>
        <StateChip status={node.status} look={lookInRun(run, names, nodeId, node)} />
        <div className="node-panel-actions">{actions}</div>
      </header>
      {node.status === 'failed' && ends && <RunFailure error={node.error} queryId={node.queryId} />}
      <dl>
        {facts
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {node.valueBytes !== undefined && <NodeValue value={node.value} valueBytes={node.valueBytes} />}
      {hasTrace(names.of(nodeId).type) && (
        <AgentTrace key={nodeId} runId={run.id} nodeId={nodeId} status={node.status} />
      )}
    </div>
  );
}

/** A node's time is taken by its worker, the run's by the database: a short run may seem shorter than its node. */
function shareOf(elapsed: number, whole: number): string {
  return `${Math.min(100, Math.round((elapsed / whole) * 100))}%`;
}
