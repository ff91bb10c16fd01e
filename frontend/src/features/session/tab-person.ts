import type { Me } from '../../api/types';

const KEY = 'snowflow:signed-in-as';
const nameOf = ({ tenantId, username }: Pick<Me, 'tenantId' | 'username'>) => `${tenantId}:${username}`;

/** All tabs share one session cookie: one that signs in as somebody else tells the others. */
export const tabPerson = {
  tell(me: Me): void {
    try {
      localStorage.setItem(KEY, nameOf(me));
    } catch {
      // The browser's storage is full or closed; other tabs learn it from their next answer.
    }
  },
  onAnother(me: Me, listener: () => void): () => void {
    const changed = ({ key, newValue }: StorageEvent) => {
      if (key === KEY && newValue !== null && newValue !== nameOf(me)) listener();
    };
    window.addEventListener('storage', changed);
    return () => window.removeEventListener('storage', changed);
  },
};
