import type { Problem } from '@snowflow/contracts/documents/problem';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useBuilder } from '../../store/builder-store';
import '../problems/ProblemList.css';

/** What keeps a workflow from being deployed, and what will differ; each leads to its node. */
export function DeployProblems({ problems, onShow }: { problems: readonly Problem[]; onShow: () => void }) {
  const label = (id: string | undefined) =>
    id === undefined ? 'Workflow' : (useBuilder.getState().nodes.find((node) => node.id === id)?.data.label ?? id);
  return (
    <ul className="problem-list" aria-label="Problems of the deployment">
      {problems.map(({ severity, code, nodeId, path, message, suggestion }, index) => {
        const Icon = severity === 'error' ? CircleAlert : TriangleAlert;
        return (
          <li key={`${code} ${nodeId} ${path} ${index}`} data-severity={severity}>
            <button
              type="button"
              disabled={nodeId === undefined}
              onClick={() => {
                onShow();
                if (nodeId !== undefined) useBuilder.getState().showField(nodeId, path ?? '');
              }}
            >
              <Icon size={14} aria-hidden />
              <span>
                <span className="visually-hidden">{severity === 'error' ? 'Error' : 'Note'}: </span>
                <strong>{label(nodeId)}</strong> {message}
                {suggestion && <span className="quiet">. {suggestion}</span>}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
