import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { useBuilder } from '../../store/builder-store';
import { RunFailure } from '../runs/RunFailure';
import { spokenKey, useSpoken } from '../runs/trace/spoken-store';
import type { BuilderState } from '../../store/store-types';
import { definitionOf } from '../../store/node-definitions';
import { NodeResult } from './NodeResult';
import { SpokenText } from '../runs/trace/SpokenText';
import { NodeValue } from './NodeValue';

/** The node that has the rows of another: the one that ends its statement. */
const selectRowsNode =
  (id: string | undefined) =>
  ({ run }: BuilderState): string | undefined =>
    id === undefined ? undefined : (run?.plan.find(({ nodes }) => nodes.includes(id))?.nodes.at(-1) ?? id);

/** The rows, or the value, that a node gave in the run. */
export function DataTab({ nodeId }: { nodeId: string | undefined }) {
  const runId = useBuilder((state) => state.run?.id);
  const rowsNode = useBuilder(selectRowsNode(nodeId));
  const own = nodeId !== undefined && rowsNode === nodeId;
  const status = useBuilder((state) => (nodeId === undefined ? undefined : state.run?.nodes[nodeId]?.status));
  const error = useBuilder((state) => (nodeId === undefined ? undefined : state.run?.nodes[nodeId]?.error));
  const queryId = useBuilder((state) => (nodeId === undefined ? undefined : state.run?.nodes[nodeId]?.queryId));
  const writes = useBuilder(
    (state) => definitionOf(state.nodes.find(({ id }) => id === nodeId)?.data.type ?? '')?.type === 'output.table',
  );
  const config = useBuilder((state) => state.nodes.find(({ id }) => id === nodeId)?.data.config);
  const value = useBuilder((state) => (nodeId === undefined ? undefined : state.run?.nodes[nodeId]?.value));
  const valueBytes = useBuilder((state) => (nodeId === undefined ? undefined : state.run?.nodes[nodeId]?.valueBytes));
  const spoke = useSpoken((texts) => texts[spokenKey(runId ?? '', nodeId ?? '')] !== undefined);
  const rowsLabel = useBuilder((state) => state.nodes.find(({ id }) => id === rowsNode)?.data.label);

  if (runId === undefined) {
    return <EmptyState title="No results yet." text="Run the workflow to see the rows of each node." />;
  }
  if (nodeId === undefined) return <EmptyState title="No node selected." text="Select a node to see its rows." />;
  if (status === 'failed') {
    return (
      <div className="data-message">
        <RunFailure error={error} queryId={queryId} />
      </div>
    );
  }
  if (status === 'running' && spoke) return <SpokenText runId={runId} nodeId={nodeId} />;
  if (status === 'skipped') return <EmptyState title="This node was skipped." text="Nothing reached it." />;
  if (status === 'cancelled') return <EmptyState title="This node was cancelled." text="It gave no rows." />;
  if (valueBytes !== undefined) return <NodeValue value={value} valueBytes={valueBytes} />;
  if (!own && rowsNode !== undefined) {
    return (
      <EmptyState
        title="This node is part of a longer statement."
        text={`Its rows were not fetched on their own. ${rowsLabel ?? rowsNode} has the statement's rows.`}
        action={<Button onClick={() => useBuilder.getState().select([rowsNode])}>Show {rowsLabel ?? rowsNode}</Button>}
      />
    );
  }
  if (status !== 'succeeded') return <EmptyState title="No rows yet." text="They appear when this node is done." />;
  if (writes) return <EmptyState title="Rows were written." text="This node writes a table and gives no rows here." />;
  return <NodeResult runId={runId} nodeId={nodeId} config={config} />;
}
