/** Whether the person of before signed in, or somebody else. */
export type WhoCame = 'same' | 'another';
type Listener = (who: WhoCame) => void;
const listeners = new Set<Listener>();

/** Tells what waited for a session (an unsent save) that there is one again, and whose. */
export const signedInAgain = {
  announce(who: WhoCame): void {
    for (const listener of listeners) listener(who);
  },
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
