import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SessionItem } from '../../../api/sessions';
import { Button } from '../../../components/Button';
import { absoluteTime, timeAgo } from '../../format/moments';
import { meQuery } from '../../session/me-query';
import { ConfirmDialog } from '../ConfirmDialog';
import { METHOD_NAMES } from '../names';
import { RecordRow } from '../RecordRow';
import { useEndSession } from './use-sessions';

/** Where the person is signed in; each can be ended. */
export function SessionList({ sessions }: { sessions: readonly SessionItem[] }) {
  const { data: me } = useQuery(meQuery);
  const [ending, setEnding] = useState<SessionItem>();
  const end = useEndSession();
  const close = () => {
    end.reset();
    setEnding(undefined);
  };
  return (
    <>
      <ul className="record-list">
        {sessions.map((session) => (
          <RecordRow
            key={session.id}
            title={session.client}
            marks={session.current && <span className="settings-badge">This one</span>}
            facts={[
              { label: 'Account', value: <span className="mono">{me?.account}</span> },
              { label: 'Signed in by', value: METHOD_NAMES[session.authenticator] },
              { label: 'Role', value: <span className="mono">{session.role ?? 'none'}</span> },
              { label: 'Last seen', value: timeAgo(session.lastSeenAt), title: absoluteTime(session.lastSeenAt) },
              { label: 'Since', value: timeAgo(session.createdAt), title: absoluteTime(session.createdAt) },
              { label: 'Ends by', value: absoluteTime(session.expiresAt) },
            ]}
            actions={
              <Button size="sm" onClick={() => setEnding(session)} aria-label={`End session ${describe(session)}`}>
                End session
              </Button>
            }
          />
        ))}
      </ul>
      <ConfirmDialog
        open={ending !== undefined}
        title={ending ? `End the session ${describe(ending)}?` : ''}
        description={
          ending?.current
            ? 'This is the session you are using: you are signed out here. Its Snowflake session closes once its runs are done.'
            : 'Whoever uses it is signed out at once. Its Snowflake session closes once its runs are done.'
        }
        keep="Keep session"
        confirm="End session"
        busy={end.isPending}
        error={end.error}
        onConfirm={() => ending && end.mutate(ending, { onSuccess: close })}
        onClose={close}
      />
    </>
  );
}

function describe({ client, createdAt }: SessionItem): string {
  return `on ${client}, begun ${new Date(createdAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })}`;
}
