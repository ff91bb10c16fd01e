import { create } from 'zustand';
import { ApiError } from '../../api/api-error';
import type { RunSummary } from '../../api/consent';

interface ConsentState {
  /** What somebody else wrote and is about to be run; empty: nothing is asked. */
  summaries: RunSummary[];
  again: () => void;
  ask: (summaries: RunSummary[], again: () => void) => void;
  close: () => void;
}

/** What a person has to look at before they run it. */
export const useConsents = create<ConsentState>((set) => ({
  summaries: [],
  again: () => undefined,
  ask: (summaries, again) => set({ summaries, again }),
  close: () => set({ summaries: [], again: () => undefined }),
}));

/** Whether a refused run only waits for agreement, which is asked for then; `again` runs it. */
export function askedForConsent(error: unknown, again: () => void): boolean {
  if (!(error instanceof ApiError) || error.code !== 'CONSENT_NEEDED' || !error.body.consents) return false;
  useConsents.getState().ask(error.body.consents, again);
  return true;
}
