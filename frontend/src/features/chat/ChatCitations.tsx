import { Link } from 'react-router';
import { SqlText } from '../sql/SqlText';
import type { Citation } from './citations';

/** What an answer rests on, each with its SQL and the way to its statement. */
export function ChatCitations({ runId, citations }: { runId: string; citations: readonly Citation[] }) {
  return (
    <details className="chat-citations">
      <summary>
        Rests on {citations.length} {citations.length === 1 ? 'statement' : 'statements'}
      </summary>
      <ol>
        {citations.map(({ step, title, sql, sources }) => (
          <li key={step ?? title}>
            <p>
              {step === undefined ? (
                <strong>{title}</strong>
              ) : (
                <Link to={`/runs/${runId}?step=${encodeURIComponent(step)}`}>{title}</Link>
              )}
              {sources.length > 0 && <span className="chat-sources"> reads {sources.join(', ')}</span>}
            </p>
            <SqlText sql={sql} />
          </li>
        ))}
      </ol>
    </details>
  );
}
