import type { Planning } from './planning.service';
import { RecentPlans } from './recent-plans';

const planning = (kind: 'query' | 'write'): Planning => ({
  problems: [],
  view: [],
  columns: {},
  children: {},
  plan: {
    version: 2,
    nodes: {},
    stepsOf: {},
    parameters: [],
    steps: [
      {
        id: 's',
        kind,
        nodes: ['s'],
        endsAt: 's',
        endsBecause: 'OUTPUT',
        columns: [],
        dependsOn: [],
        settings: { materialise: false, onError: 'fail', retry: { maxAttempts: 1, backoffMs: 0 } },
      },
    ],
  },
});

describe('Recent plans', () => {
  const counted = (kind: 'query' | 'write') => {
    const make = jest.fn(async () => planning(kind));
    return { recent: new RecentPlans(), make };
  };

  it('are made once for all who ask for the same at the same time', async () => {
    const { recent, make } = counted('query');
    const found = await Promise.all([1, 2, 3].map(() => recent.find('key', make)));
    expect(new Set(found).size).toBe(1);
    expect(make).toHaveBeenCalledTimes(1);
  });

  it('are not kept where they write: whether the table exists may have changed', async () => {
    const { recent, make } = counted('write');
    await recent.find('key', make);
    await recent.find('key', make);
    expect(make).toHaveBeenCalledTimes(2);
  });

  it('do not share what kept another from making one', async () => {
    const { recent, make } = counted('query');
    const late = recent.find('key', async () => Promise.reject(new Error('too late')));
    const joined = recent.find('key', make);
    await expect(late).rejects.toThrow('too late');
    await expect(joined).resolves.toBe(await make.mock.results[0]?.value);
    expect(make).toHaveBeenCalledTimes(1);
  });
});
