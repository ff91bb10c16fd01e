import { useState } from 'react';
import type { TenantSession } from '../../../api/tower';
import { Button } from '../../../components/Button';
import { absoluteTime, timeAgo } from '../../format/moments';
import { ConfirmDialog } from '../../settings/ConfirmDialog';
import { Loaded } from '../../settings/Loaded';
import { METHOD_NAMES, ROLE_NAMES } from '../../settings/names';
import { RecordRow } from '../../settings/RecordRow';
import { useEndTenantSession, useTenantSessions } from './use-tenant-sessions';

/** Where everybody is signed in; any of it can be ended. */
export function TenantSessionsPanel() {
  const sessions = useTenantSessions();
  const [ending, setEnding] = useState<TenantSession>();
  const end = useEndTenantSession();
  const close = () => {
    end.reset();
    setEnding(undefined);
  };
  return (
    <>
      <Loaded query={sessions} what="The sessions">
        {(items) => (
          <ul className="record-list">
            {items.map((session) => (
              <SessionRow key={session.id} session={session} onEnd={() => setEnding(session)} />
            ))}
          </ul>
        )}
      </Loaded>
      <ConfirmDialog
        open={ending !== undefined}
        title={ending ? `End the session of ${ending.username} on ${ending.client}?` : ''}
        description="Every token of it stops working at once, everywhere. Its runs that go on are finished first in Snowflake. They can sign in again: to keep somebody out, remove them from the members."
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

function SessionRow({ session, onEnd }: { session: TenantSession; onEnd: () => void }) {
  const { username, appRole, client, authenticator, role, lastSeenAt, createdAt, current } = session;
  return (
    <RecordRow
      title={username}
      marks={
        <>
          <span className="settings-badge">{ROLE_NAMES[appRole]}</span>
          {current && <span className="settings-badge">This one</span>}
        </>
      }
      facts={[
        { label: 'On', value: client },
        { label: 'Signed in by', value: METHOD_NAMES[authenticator] },
        { label: 'Role', value: <span className="mono">{role ?? 'none'}</span> },
        { label: 'Last seen', value: timeAgo(lastSeenAt), title: absoluteTime(lastSeenAt) },
        { label: 'Since', value: timeAgo(createdAt), title: absoluteTime(createdAt) },
      ]}
      actions={
        // One's own is ended in the settings, which then sign out.
        !current && (
          <Button size="sm" onClick={onEnd} aria-label={`End session of ${username} on ${client}`}>
            End session
          </Button>
        )
      }
    />
  );
}
