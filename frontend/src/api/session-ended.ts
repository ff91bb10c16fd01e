type Listener = () => void;
const listeners = new Set<Listener>();

/** Tells the page that the session can't be renewed, so that it can offer to sign in again without losing work. */
export const sessionEnded = {
  announce(): void {
    for (const listener of listeners) listener();
  },
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
