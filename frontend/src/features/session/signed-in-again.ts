type Listener = () => void;
const listeners = new Set<Listener>();

/** Tells what waited for a session (an unsent save) that there is one again. */
export const signedInAgain = {
  announce(): void {
    for (const listener of listeners) listener();
  },
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
