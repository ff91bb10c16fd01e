import type { Deployed } from '../../api/types';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import { SqlText } from '../sql/SqlText';

const OUTCOMES = { succeeded: 'Done', failed: 'Failed', unknown: 'Not known', 'not-sent': 'Not sent' } as const;

/** What became of each statement, what is there now, and how to take it away. */
export function DeployOutcome({ deployed, onClose }: { deployed: Deployed; onClose: () => void }) {
  const { state, statements, created, undo } = deployed;
  const stopped = statements.find(({ outcome }) => outcome === 'failed' || outcome === 'unknown');
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={state === 'done' ? 'It is in Snowflake now' : 'It is not all there'}
      description={created.length > 0 ? `Made: ${created.join(', ')}` : 'Nothing is known to be made.'}
      actions={
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      {stopped && (
        <Notice
          tone="danger"
          title={state === 'unknown' ? 'One statement’s outcome is not known.' : 'Snowflake refused a statement.'}
        >
          {stopped.message} {created.length > 0 && 'What was made before it is there.'}
        </Notice>
      )}
      <ol className="deploy-outcomes">
        {statements.map(({ sql, outcome, queryId }, index) => (
          <li key={`${index} ${queryId ?? ''}`} data-outcome={outcome}>
            <strong>{OUTCOMES[outcome]}</strong> <code>{sql.split('\n', 1)[0]}</code>
          </li>
        ))}
      </ol>
      {undo.length > 0 && (
        <details className="deploy-undo">
          <summary>To take it away again</summary>
          <div className="deploy-sql">
            <SqlText sql={undo.map((sql) => `${sql};`).join('\n')} />
          </div>
        </details>
      )}
    </Dialog>
  );
}
