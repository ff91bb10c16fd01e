import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'react-router';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { lastSession } from './last-session';
import { meQuery } from './me-query';
import { pendingNext, withNext } from './provider-redirect';
import type { RoleSignIn } from './use-switch-context';

/** Offers the sign-in that a role needs, and the way back to this page. */
export function RoleSignInDialog({ needed, onClose }: { needed: RoleSignIn; onClose: () => void }) {
  const { data: me } = useQuery(meQuery);
  const { pathname, search } = useLocation();
  const next = pathname + search;
  const path = withNext(needed.authorizeUrl, next);

  function leave() {
    if (!path || !me) return;
    pendingNext.keep(next);
    lastSession.leave({ ...me, role: needed.role });
    window.location.assign(path);
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={`${needed.role} needs another sign-in.`}
      description={`${needed.message} Your draft is kept, and you come back to this page.`}
      actions={
        <>
          <Button onClick={onClose}>Stay as {me?.role ?? 'you are'}</Button>
          <Button
            look="primary"
            onClick={leave}
            unavailable={path ? undefined : 'Sign out, then sign in with this role'}
          >
            Sign in as {needed.role}
          </Button>
        </>
      }
    />
  );
}
