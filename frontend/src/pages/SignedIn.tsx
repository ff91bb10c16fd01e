import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { ApiError } from '../api/api-error';
import { sessionEnded } from '../api/session-ended';
import { Button } from '../components/Button';
import { FullPageMessage } from '../components/FullPageMessage';
import { SessionEndedDialog } from '../features/session/SessionEndedDialog';
import { meQuery } from '../features/session/me-query';

/** Everything behind sign-in. A session that ends under an open page is renewed in a dialog, so no work is lost. */
export function SignedIn() {
  const me = useQuery(meQuery);
  const location = useLocation();
  const [ended, setEnded] = useState(false);

  useEffect(() => sessionEnded.subscribe(() => setEnded(true)), []);

  if (me.data) {
    return (
      <>
        <Outlet />
        <SessionEndedDialog open={ended} onSignedIn={() => setEnded(false)} />
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
