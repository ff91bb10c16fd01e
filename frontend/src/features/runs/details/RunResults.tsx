import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { ChevronDown } from 'lucide-react';
import { EmptyState } from '../../../components/EmptyState';
import { NodeResult } from '../../results/NodeResult';
import { nodesWithRows } from './nodes-with-rows';
import type { NodeNames } from './node-names';
import type { LiveRun } from './use-live-run';
import '../../../components/Field.css';
import './RunResults.css';

interface RunResultsProps {
  run: LiveRun;
  definition: WorkflowDocument | undefined;
  names: NodeNames;
  selected: string | null;
  onSelect: (nodeId: string) => void;
}

/** The rows of the nodes that have rows of their own. */
export function RunResults({ run, definition, names, selected, onSelect }: RunResultsProps) {
  const choices = nodesWithRows(run, (id) => names.of(id).type);
  const shown = choices.find((id) => id === selected) ?? choices.at(-1);
  if (shown === undefined) {
    return <EmptyState title="No rows yet." text="They appear when a node that ends a statement is done." />;
  }
  const config = definition?.nodes.find(({ id }) => id === shown)?.config;
  return (
    <div className="run-results">
      <div className="run-results-bar">
        <label htmlFor="result-node">Rows of</label>
        <div className="control-select">
          <select id="result-node" className="control" value={shown} onChange={(event) => onSelect(event.target.value)}>
            {choices.map((id) => (
              <option key={id} value={id}>
                {names.of(id).label}
              </option>
            ))}
          </select>
          <ChevronDown size={14} aria-hidden />
        </div>
      </div>
      <div className="run-results-rows">
        <NodeResult key={shown} runId={run.id} nodeId={shown} config={config} />
      </div>
    </div>
  );
}
