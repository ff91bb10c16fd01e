import { useMemo } from 'react';
import { sqlTokens } from './sql-tokens';
import './SqlText.css';

/** SQL to read, coloured. Small enough to need no editor. */
export function SqlText({ sql }: { sql: string }) {
  const tokens = useMemo(() => sqlTokens(sql), [sql]);
  return (
    <pre tabIndex={0} aria-label="SQL">
      {tokens.map(({ kind, text, at }) =>
        kind === 'plain' ? (
          text
        ) : (
          <span key={at} data-token={kind}>
            {text}
          </span>
        ),
      )}
    </pre>
  );
}
