import { KeyedLock } from './keyed-lock';

describe('KeyedLock', () => {
  it('lets work on one key happen in order, and other keys at once', async () => {
    const lock = new KeyedLock();
    const log: string[] = [];
    let release: () => void = () => undefined;
    const first = lock.run('a', () =>
      new Promise<void>((resolve) => (release = resolve)).then(() => void log.push('a1')),
    );
    const second = lock.run('a', async () => void log.push('a2'));
    await lock.run('b', async () => void log.push('b'));
    release();
    await Promise.all([first, second]);
    expect(log).toEqual(['b', 'a1', 'a2']);
  });

  it('goes on after work that failed', async () => {
    const lock = new KeyedLock();
    await expect(lock.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(lock.run('a', async () => 1)).resolves.toBe(1);
  });
});
