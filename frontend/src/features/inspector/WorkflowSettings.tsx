import { useBuilder } from '../../store/builder-store';
import { selectErrorCount, selectProblems } from '../../store/selectors/problem-selectors';

/** What the inspector shows while no single node is selected. */
export function WorkflowSettings() {
  const name = useBuilder((state) => state.name);
  const nodes = useBuilder((state) => state.nodes.length);
  const edges = useBuilder((state) => state.edges.length);
  const statements = useBuilder((state) => state.plan.length);
  const errors = useBuilder(selectErrorCount);
  const problems = useBuilder(selectProblems).length;
  const selected = useBuilder((state) => state.selectedIds.length);
  return (
    <div className="workflow-settings">
      <h2>{selected > 1 ? `${selected} nodes selected` : 'Workflow settings'}</h2>
      <dl>
        <div>
          <dt>Name</dt>
          <dd>{name}</dd>
        </div>
        <div>
          <dt>Nodes</dt>
          <dd>{nodes}</dd>
        </div>
        <div>
          <dt>Connections</dt>
          <dd>{edges}</dd>
        </div>
        <div>
          <dt>Problems</dt>
          <dd>{problems}</dd>
        </div>
        <div>
          <dt>Runs as</dt>
          <dd>
            {errors > 0 || statements === 0
              ? 'Known when there are no errors'
              : `${statements} ${statements === 1 ? 'statement' : 'statements'}`}
          </dd>
        </div>
      </dl>
      <p className="field-hint">Select a node to change its settings.</p>
    </div>
  );
}
