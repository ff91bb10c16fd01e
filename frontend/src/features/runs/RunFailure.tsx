import type { RunError } from '../../api/types';
import { Notice } from '../../components/Notice';
import '../../components/Facts.css';
import './RunFailure.css';

/** Why a node or run failed: the cause, and under Details what Snowflake said of it. */
export function RunFailure({ error, queryId }: { error: RunError | undefined; queryId: string | undefined }) {
  const facts = error && [
    ['Code', error.code],
    ['SQLSTATE', error.sqlState],
    ['Line', error.line],
    ['Position', error.position],
    ['Query ID', queryId],
  ];
  return (
    <Notice tone="danger" title="This node failed.">
      {error?.message ?? (error ? `The cause is ${error.code}.` : 'Its cause appears when the run ends.')}
      {facts && (
        <details className="run-failure">
          <summary>Details</summary>
          <dl className="facts">
            {facts
              .filter(([, value]) => value !== undefined)
              .map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd className="mono">{value}</dd>
                </div>
              ))}
          </dl>
        </details>
      )}
    </Notice>
  );
}
