import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { disconnect } from '../../api/auth';
import { countGoingRuns } from '../../api/runs';
import { useChats } from '../chat/chat-store';
import { lastSession } from './last-session';

/** Not knowing of runs keeps nobody signed in. */
const PATIENCE_MS = 3_000;

interface SignOut {
  /** Signs out, or asks first what shall become of runs that go on. */
  begin: () => Promise<void>;
  /** How many runs go on, while that is asked. */
  going: number | undefined;
  finish: (runs: 'finish' | 'cancel') => Promise<void>;
  stay: () => void;
}

export function useSignOut(): SignOut {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [going, setGoing] = useState<number>();

  async function finish(runs: 'finish' | 'cancel') {
    setGoing(undefined);
    // Signing out must work even when the server does not answer: the page forgets the session either way.
    await disconnect(runs).catch(() => undefined);
    lastSession.forget();
    useChats.getState().forget();
    queries.clear();
    void navigate('/login');
  }

  return {
    begin: async () => {
      const count = await countGoingRuns(AbortSignal.timeout(PATIENCE_MS)).catch(() => 0);
      if (count > 0) setGoing(count);
      else await finish('finish');
    },
    going,
    finish,
    stay: () => setGoing(undefined),
  };
}
