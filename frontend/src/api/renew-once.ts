const LOCK = 'snowflow-renewal';
const RENEWED_AT = 'snowflow.renewed-at';

/** What a browser's tabs have in common. */
export interface TabsShare {
  locks: Pick<LockManager, 'request'> | undefined;
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  now(): number;
}

/**
 * Renews the session for all tabs at once: they share one cookie, and a refresh token that is used twice ends the session. A tab that
 * waited while another one renewed takes that renewal as its own. Without locks (an insecure origin) each tab renews for itself.
 */
export function renewOnce(renew: () => Promise<boolean>, tabs: TabsShare): () => Promise<boolean> {
  return async () => {
    const askedAt = tabs.now();
    const renewUnlessDone = async () => {
      if (Number(tabs.storage.getItem(RENEWED_AT) ?? 0) > askedAt) return true;
      const renewed = await renew();
      if (renewed) tabs.storage.setItem(RENEWED_AT, String(tabs.now()));
      return renewed;
    };
    return tabs.locks ? tabs.locks.request(LOCK, renewUnlessDone) : renewUnlessDone();
  };
}
