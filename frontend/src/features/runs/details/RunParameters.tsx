import { cellText } from '../../results/cell-text';
import './RunParameters.css';

/** The values a run was started with; they may be long. */
export function RunParameters({ parameters }: { parameters: Readonly<Record<string, unknown>> }) {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return null;
  return (
    <details className="page-card run-parameters">
      <summary>{entries.length === 1 ? '1 parameter' : `${entries.length} parameters`}</summary>
      <dl>
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt className="mono">{name}</dt>
            <dd tabIndex={0}>{value === null ? 'null' : cellText(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
