import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { messageOf } from '../../api/api-error';
import { switchContext } from '../../api/auth';
import type { Me } from '../../api/types';
import { showToast } from '../../components/toast-store';
import { useChats } from '../chat/chat-store';
import { differingContext } from './differing-context';
import { isSamePerson, lastSession, type LastSession } from './last-session';
import { rememberAccount } from './remembered-accounts';
import { tabOf } from './sign-in-methods';
import { tabPerson } from './tab-person';
import { signedInAgain } from './signed-in-again';

/**
 * What happens when somebody has signed in: the same person goes on where they were; anybody else is told whose page this was, and
 * begins at the list.
 */
export function useArrival(me: Me | undefined): { before: LastSession | undefined; dismiss: () => void } {
  const [before, setBefore] = useState<LastSession>();
  const queries = useQueryClient();
  const navigate = useNavigate();

  useEffect(() => {
    if (!me) return;
    const last = lastSession.read();
    lastSession.remember(me);
    tabPerson.tell(me);
    const method = tabOf(me.authenticator);
    // The demo has a button of its own.
    if (method && me.account !== 'demo') rememberAccount({ account: me.account, username: me.username, method });
    if (last && !isSamePerson(last, me)) {
      useChats.getState().forget();
      setBefore(last);
      void navigate('/workflows', { replace: true });
      return;
    }
    const resumed = last?.context && differingContext(last.context, me);
    if (!resumed) return;
    switchContext(resumed).then(
      () => void queries.invalidateQueries({ queryKey: ['me'] }),
      (error: unknown) => showToast(messageOf(error)),
    );
    // A session is arrived at once; its later changes of role are no arrival.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [me?.id]);

  useEffect(() => {
    if (!me) return;
    return tabPerson.onAnother(me, () => {
      signedInAgain.announce('another');
      void queries.resetQueries();
    });
  }, [me, queries]);

  return { before, dismiss: () => setBefore(undefined) };
}
