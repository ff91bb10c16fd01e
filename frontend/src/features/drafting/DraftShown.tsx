import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { Draft } from '../../api/drafts';
import { Notice } from '../../components/Notice';
import { changedThings } from './change-text';
import { DraftChanges } from './DraftChanges';

/** A draft before it is accepted: who made it, what is wrong with it, what it changes. */
export function DraftShown({ draft, before }: { draft: Draft; before: WorkflowDocument }) {
  const { explanation, model, notUnderstood, problems, changes, valuesHidden } = draft;
  return (
    <section className="draft-shown" aria-label="Draft">
      <p role="status">{explanation || 'The model said nothing about its draft.'}</p>
      {notUnderstood.length > 0 && (
        <Notice tone="warning" title="Not understood:">
          {notUnderstood.map((text) => (text.startsWith('“') ? text : `“${text}”`)).join('; ')}
        </Notice>
      )}
      {problems.length > 0 && (
        <Notice
          tone="warning"
          title={`The draft has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:`}
        >
          <ul>
            {problems.map(({ nodeId, path, message }) => (
              <li key={`${nodeId} ${path} ${message}`}>{nodeId === undefined ? message : `${nodeId}: ${message}`}</li>
            ))}
          </ul>
        </Notice>
      )}
      {changes.length === 0 ? <p>It changes nothing.</p> : <DraftChanges things={changedThings(draft, before)} />}
      {model !== null && (
        <p className="draft-source">
          {valuesHidden
            ? `Drafted by ${model} from names alone: it got no value of the workflow.`
            : `Drafted by ${model} in your Snowflake account.`}
        </p>
      )}
    </section>
  );
}
