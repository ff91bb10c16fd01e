import { renewOnce, type TabsShare } from './renew-once';

/** A browser of several tabs: one lock at a time, one storage. */
function browser(): TabsShare {
  let last: Promise<unknown> = Promise.resolve();
  let time = 0;
  const kept = new Map<string, string>();
  const request = (_name: string, work: () => Promise<boolean>) => {
    const turn = last.then(work);
    last = turn;
    return turn;
  };
  return {
    // The lock manager has more forms of `request`; this one is all that is used.
    locks: { request } as unknown as LockManager,
    storage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
    now: () => ++time,
  };
}

describe('renewOnce', () => {
  it('renews once for two tabs that meet the end of the session together', async () => {
    const tabs = browser();
    let renewals = 0;
    const renew = () => {
      renewals++;
      return Promise.resolve(true);
    };
    const [first, second] = await Promise.all([renewOnce(renew, tabs)(), renewOnce(renew, tabs)()]);
    expect([first, second, renewals]).toEqual([true, true, 1]);
  });

  it('renews again when the session ends again', async () => {
    const tabs = browser();
    let renewals = 0;
    const renew = renewOnce(() => Promise.resolve(Boolean(++renewals)), tabs);
    await renew();
    await renew();
    expect(renewals).toBe(2);
  });

  it('lets the next tab try where one could not renew', async () => {
    const tabs = browser();
    const [first, second] = await Promise.all([
      renewOnce(() => Promise.resolve(false), tabs)(),
      renewOnce(() => Promise.resolve(true), tabs)(),
    ]);
    expect([first, second]).toEqual([false, true]);
  });
});
