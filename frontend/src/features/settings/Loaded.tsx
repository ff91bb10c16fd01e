import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { messageOf } from '../../api/api-error';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';
import { useLate } from '../../components/use-late';

interface LoadedProps<Data> {
  query: UseQueryResult<Data>;
  /** As `Your sessions`: `could not be read` follows. */
  what: string;
  children: (data: Data) => ReactNode;
}

const SKELETON_ROWS = [0, 1, 2];

/** What was read; until then the shape of it, and where reading failed the reason with a way to try again. */
export function Loaded<Data>({ query, what, children }: LoadedProps<Data>) {
  const late = useLate(query.isPending);
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    return (
      <Notice
        tone="danger"
        title={`${what} could not be read.`}
        action={<Button onClick={() => void query.refetch()}>Try now</Button>}
      >
        {messageOf(query.error)}
      </Notice>
    );
  }
  if (!late) return null;
  return (
    <div className="record-list" aria-busy="true" role="status">
      <span className="visually-hidden">Reading</span>
      {SKELETON_ROWS.map((row) => (
        <div key={row} className="record-row" aria-hidden>
          <span className="settings-skeleton" />
        </div>
      ))}
    </div>
  );
}
