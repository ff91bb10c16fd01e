import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { ApiError } from '../api/api-error';
import { sessionEnded } from '../api/session-ended';
import { Button } from '../components/Button';
import { FullPageMessage } from '../components/FullPageMessage';
import { AnotherPersonDialog } from '../features/session/AnotherPersonDialog';
import { meQuery } from '../features/session/me-query';
import { RoleRevokedDialog } from '../features/session/RoleRevokedDialog';
import { SessionEndedDialog } from '../features/session/SessionEndedDialog';
import { useArrival } from '../features/session/use-arrival';

/** Everything behind sign-in. A session that ends under an open page is renewed in a dialog, so no work is lost. */
export function SignedIn() {
  const me = useQuery(meQuery);
  const location = useLocation();
  const [ended, setEnded] = useState(false);
  const { before, dismiss } = useArrival(me.data);

  useEffect(() => sessionEnded.subscribe(() => setEnded(true)), []);

  if (me.data) {
    return (
      <>
        <Outlet />
        <SessionEndedDialog me={me.data} open={ended} onSignedIn={() => setEnded(false)} />
        {before && <AnotherPersonDialog me={me.data} before={before} onClose={dismiss} />}
        {me.data.roleRevoked && !ended && <RoleRevokedDialog me={me.data} />}
      </>
    );
  }
  if (me.error instanceof ApiError && me.error.status === 401) {
    return <Navigate to={`/login?next=${encodeURIComponent(location.pathname + location.search)}`} replace />;
  }
  if (me.error) {
    return (
      <FullPageMessage
        title="SnowFlow cannot reach its server."
        text="Changes stay in this browser."
        action={
          <Button look="primary" onClick={() => void me.refetch()}>
            Try now
          </Button>
        }
      />
    );
  }
  return null;
}
