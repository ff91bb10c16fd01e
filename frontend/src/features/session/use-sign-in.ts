import { useEffect, useRef, useState } from 'react';
import { connect } from '../../api/auth';
import type { ConnectBody, Session } from '../../api/types';
import { signInError, STOPPED_WAITING, type SignInError } from './sign-in-error';

export type Busy = 'form' | 'demo' | 'push';

export interface SignIn {
  busy: Busy | undefined;
  error: SignInError | undefined;
  start(body: ConnectBody, busy: Busy): void;
  /** Ends the waiting for a push; the server then gives the attempt up. */
  stopWaiting(): void;
}

/** One sign-in at a time. The body with its secrets lives as long as its request. */
export function useSignIn(onSignedIn: (session: Session) => void, before?: SignInError): SignIn {
  const [busy, setBusy] = useState<Busy>();
  const [error, setError] = useState(before);
  const attempt = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => attempt.current?.abort(), []);

  async function signIn(body: ConnectBody, from: Busy) {
    const controller = new AbortController();
    attempt.current = controller;
    setBusy(from);
    setError(undefined);
    try {
      const { session } = await connect(body, controller.signal);
      onSignedIn(session);
    } catch (thrown) {
      setError(controller.signal.aborted ? STOPPED_WAITING : signInError(thrown, body.account));
      setBusy(undefined);
    } finally {
      attempt.current = undefined;
    }
  }

  return {
    busy,
    error,
    start: (body, from) => {
      if (!attempt.current) void signIn(body, from);
    },
    stopWaiting: () => attempt.current?.abort(),
  };
}
