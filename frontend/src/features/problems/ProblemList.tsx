import { CircleAlert, TriangleAlert } from 'lucide-react';
import { EmptyState } from '../../components/EmptyState';
import { useBuilder } from '../../store/builder-store';
import { selectProblems } from '../../store/selectors/problem-selectors';
import './ProblemList.css';

/** All problems; each leads to its node and field. */
export function ProblemList() {
  const problems = useBuilder(selectProblems);
  const label = (id: string | undefined) =>
    id === undefined ? 'Workflow' : (useBuilder.getState().nodes.find((node) => node.id === id)?.data.label ?? id);
  if (problems.length === 0) {
    return <EmptyState title="No problems." text="The workflow can run." />;
  }
  return (
    <ul className="problem-list">
      {problems.map(({ severity, code, nodeId, path, message, suggestion }, index) => {
        const Icon = severity === 'error' ? CircleAlert : TriangleAlert;
        return (
          <li key={`${code} ${nodeId} ${path} ${index}`} data-severity={severity}>
            <button
              type="button"
              disabled={nodeId === undefined}
              onClick={() => nodeId !== undefined && useBuilder.getState().showField(nodeId, path ?? '')}
            >
              <Icon size={14} aria-hidden />
              <span>
                <span className="visually-hidden">{severity === 'error' ? 'Error' : 'Warning'}: </span>
                <strong>{label(nodeId)}</strong> {message}
                {suggestion && <span className="quiet">. {suggestion}</span>}
              </span>
              <code>{code}</code>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
