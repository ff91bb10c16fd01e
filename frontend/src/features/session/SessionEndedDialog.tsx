import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'react-router';
import type { Me, Session } from '../../api/types';
import { Dialog } from '../../components/Dialog';
import { isSamePerson, lastSession } from './last-session';
import { SignInForm } from './SignInForm';
import { tabOf } from './sign-in-methods';
import { signedInAgain } from './signed-in-again';

/** Signing in again without leaving the page, or by a provider's page and back to this one. */
export function SessionEndedDialog({ me, open, onSignedIn }: { me: Me; open: boolean; onSignedIn: () => void }) {
  const queries = useQueryClient();
  const { pathname, search } = useLocation();
  const isDemo = me.account === 'demo' && me.username === 'DEMO';

  function signedIn(session: Session) {
    onSignedIn();
    if (!isSamePerson(session, me)) {
      signedInAgain.announce('another');
      void queries.resetQueries();
      return;
    }
    signedInAgain.announce('same');
    // The open workflow is newer here than on the server; everything else is read again.
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'workflow' });
  }

  return (
    <Dialog
      open={open}
      title="Your Snowflake session ended."
      description="Your draft is saved. Sign in again to go on."
    >
      <SignInForm
        onSignedIn={signedIn}
        next={pathname + search}
        preset={{ ...me, method: tabOf(me.authenticator) }}
        demo={isDemo}
        onLeaving={() => lastSession.leave(me)}
      />
    </Dialog>
  );
}
