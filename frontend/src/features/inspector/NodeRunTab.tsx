import { StateChip } from '../../components/StateChip';
import { useBuilder } from '../../store/builder-store';
import {
  selectEndsStatement,
  selectNode,
  selectNodeRun,
  selectSharedStatement,
} from '../../store/selectors/node-selectors';
import { absoluteTime } from '../format/moments';
import { NodeValue } from '../results/NodeValue';
import { profileOf } from '../runs/profile/statement-profile';
import { StatementProfileView } from '../runs/profile/StatementProfileView';
import { useLateProfiles } from '../runs/profile/use-late-profiles';
import { RunFailure } from '../runs/RunFailure';
import { QueryId } from '../runs/statements/QueryId';
import { useNodeLook } from '../runs/use-node-look';
import { durationText, elapsedBetween, rowsText } from '../format/numbers';
import '../../components/Facts.css';

const NO_NODE = { type: '', config: {} };

/** A node's part of the run that is shown. */
export function NodeRunTab({ id }: { id: string }) {
  const run = useBuilder(selectNodeRun(id));
  const statement = useBuilder(selectSharedStatement(id));
  const ends = useBuilder(selectEndsStatement(id));
  useLateProfiles();
  const statements = useBuilder((state) => state.run?.statements);
  const look = useNodeLook(id, useBuilder(selectNode(id))?.data ?? NO_NODE);
  if (!run) return <p className="field-hint">No run is shown. Run the workflow to see how this node does.</p>;
  const elapsed = ends ? elapsedBetween(run.startedAt, run.finishedAt) : undefined;
  const profile = ends ? profileOf(statements, run.step) : undefined;
  const facts: [string, string][] = [
    ...(statement === undefined ? [] : [['Part of', `statement ${statement}`] satisfies [string, string]]),
    ...(run.rowCount === undefined ? [] : [['Rows', rowsText(run.rowCount)] satisfies [string, string]]),
    ...(elapsed === undefined ? [] : [['Time', durationText(elapsed)] satisfies [string, string]]),
    ...(run.startedAt === null ? [] : [['Started', absoluteTime(run.startedAt)] satisfies [string, string]]),
    ...(run.attempts > 1 ? [['Attempts', String(run.attempts)] satisfies [string, string]] : []),
  ];
  return (
    <div className="node-run">
      <StateChip status={run.status} {...(look ? { look } : {})} />
      {run.status === 'failed' && <RunFailure error={run.error} queryId={run.queryId} />}
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {run.queryId && (
          <div>
            <dt>Query ID</dt>
            <dd>
              <QueryId id={run.queryId} />
            </dd>
          </div>
        )}
      </dl>
      {profile && <StatementProfileView profile={profile} label="Statistics of its statement" />}
      {run.valueBytes !== undefined && <NodeValue value={run.value} valueBytes={run.valueBytes} />}
    </div>
  );
}
