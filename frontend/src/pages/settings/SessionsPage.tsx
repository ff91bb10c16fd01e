import { useState } from 'react';
import { Button } from '../../components/Button';
import { ConfirmDialog } from '../../features/settings/ConfirmDialog';
import { Loaded } from '../../features/settings/Loaded';
import { SessionList } from '../../features/settings/sessions/SessionList';
import { useEndAllSessions, useSessions } from '../../features/settings/sessions/use-sessions';
import { SettingsHeader } from './SettingsHeader';

/** Where the person is signed in. */
export function SessionsPage() {
  const sessions = useSessions();
  const [ending, setEnding] = useState(false);
  const endAll = useEndAllSessions();
  const close = () => {
    endAll.reset();
    setEnding(false);
  };
  return (
    <>
      <SettingsHeader title="Sessions" action={<Button onClick={() => setEnding(true)}>Sign out everywhere</Button>} />
      <p className="settings-text">
        Where you are signed in. End what you do not recognise, then change your password or key in Snowflake.
      </p>
      <Loaded query={sessions} what="Your sessions">
        {(items) => <SessionList sessions={items} />}
      </Loaded>
      <ConfirmDialog
        open={ending}
        title="Sign out everywhere?"
        description="All your sessions end at once, this one too. Runs that go on are finished first in Snowflake."
        keep="Stay signed in"
        confirm="Sign out everywhere"
        busy={endAll.isPending}
        error={endAll.error}
        onConfirm={() => endAll.mutate()}
        onClose={close}
      />
    </>
  );
}
