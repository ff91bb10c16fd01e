import { Chart } from '../charts/Chart';
import { NodeRows } from './NodeRows';

interface NodeResultProps {
  runId: string;
  nodeId: string;
  /** What the node's config says of how its rows are shown. */
  config: Record<string, unknown> | undefined;
}

/** The rows that a node gave, shown as the node says. */
export function NodeResult({ runId, nodeId, config }: NodeResultProps) {
  return config?.['view'] === 'chart' ? (
    <Chart key={`${runId} ${nodeId}`} runId={runId} nodeId={nodeId} chart={config['chart']} />
  ) : (
    <NodeRows runId={runId} nodeId={nodeId} view={config?.['view']} />
  );
}
