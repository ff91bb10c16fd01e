import { messageOf } from '../../api/api-error';
import type { SemanticProblem } from '../../api/semantic-models';

interface ProblemLinesProps {
  problems: readonly SemanticProblem[] | undefined;
  error: unknown;
  onGo: (line: number) => void;
}

/** What is wrong with a model, line by line; each leads to its line in the text. */
export function ProblemLines({ problems, error, onGo }: ProblemLinesProps) {
  const errors = problems?.filter(({ severity }) => severity === 'error').length ?? 0;
  const said = problems === undefined ? 'Checking…' : errors === 0 ? 'No errors.' : `${errors} to correct.`;
  return (
    <section className="page-card semantic-side" aria-label="Problems">
      <h2>Problems</h2>
      <p role="status">{error ? `It could not be checked. ${messageOf(error)}` : said}</p>
      <ul className="semantic-problems">
        {problems?.map(({ line, column, path, message, severity }) => (
          <li key={`${line} ${column} ${path} ${message}`}>
            <button type="button" onClick={() => onGo(line)}>
              <strong>{`Line ${line}${severity === 'warning' ? ', only a warning' : ''}`}</strong>{' '}
              <span>{message}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
