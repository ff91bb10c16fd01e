import { useBuilder } from '../../store/builder-store';
import { selectSingleId } from '../../store/selectors/node-selectors';
import { LazyNodeInspector, useInspectorAhead } from './LazyNodeInspector';
import { WorkflowSettings } from './WorkflowSettings';
import './Inspector.css';

/** The panel at the right: the selected node, else the workflow. */
export function Inspector() {
  const selected = useBuilder(selectSingleId);
  useInspectorAhead();
  return (
    <aside className="inspector" id="inspector" aria-label="Inspector" tabIndex={-1}>
      {selected === undefined ? <WorkflowSettings /> : <LazyNodeInspector key={selected} id={selected} />}
    </aside>
  );
}
