import { once } from 'node:events';
import { LongPolls } from './long-polls';

const untilAborted = async (signal: AbortSignal) => {
  if (!signal.aborted) await once(signal, 'abort');
  return 'not yet';
};

describe('Long polls', () => {
  it('end when their time is over', async () => {
    expect(await new LongPolls().during(5, untilAborted)).toBe('not yet');
  });

  it('end at once when the process stops, and those asked meanwhile wait for a second at most', async () => {
    const polls = new LongPolls();
    const before = polls.during(60_000, untilAborted);
    polls.onModuleDestroy();
    const meanwhile = polls.during(60_000, untilAborted);
    expect(await before).toBe('not yet');
    expect(await meanwhile).toBe('not yet');
  });

  it('hold nothing back of an answer that is there', async () => {
    const polls = new LongPolls();
    expect(await polls.during(60_000, () => Promise.resolve('ended'))).toBe('ended');
    await expect(polls.during(60_000, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  });
});
