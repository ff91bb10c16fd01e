import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { Link } from 'react-router';
import { Notice } from '../../components/Notice';
import type { LiveRun } from '../runs/details/use-live-run';

/** What an answer waits for that somebody has to decide, each with the way there. */
export function ChatWaiting({ run, definition }: { run: LiveRun; definition: WorkflowDocument }) {
  return definition.nodes
    .filter(({ id, type }) => type === 'logic.approval' && run.nodes[id]?.status === 'waiting')
    .map(({ id, label }) => (
      <Notice
        key={id}
        tone="warning"
        title={`${label || id} waits for a decision.`}
        action={
          <Link className="button button-default button-sm" to={`/runs/${run.id}?node=${encodeURIComponent(id)}`}>
            Open the approval
          </Link>
        }
      >
        The answer comes after it.
      </Notice>
    ));
}
