import { conformance } from '../kit/conformance';
import { actionContext } from '../testing/action-context';
import { aiSearch } from './ai-search.definition';
import { aiSearchStep } from './ai-search.step';

conformance('ai.search', { folder: __dirname });

describe('ai.search', () => {
  const given = { database: 'D', schema: 'S', service: 'V', columns: ['TITLE'] };
  const run = (more: object, input: Record<string, string>, search = jest.fn().mockResolvedValue([{ TITLE: 'A' }])) => {
    const config = aiSearch.config.parse({ ...given, ...more });
    return { search, done: Promise.resolve(aiSearchStep.run(config, actionContext({ input, cortex: { search } }))) };
  };
  const problems = (more: object) =>
    aiSearch.check?.(aiSearch.config.parse({ ...given, ...more }), {
      inputs: {},
      kinds: {},
      known: undefined,
      parameters: [],
    });

  it('asks with its templates filled in, and gives the rows as a list', async () => {
    const filter = '{ "@eq": { "TOPIC": "{{ value.topic }}" } }';
    const { search, done } = run({ query: 'late {{ value.what }}', filter, limit: 3 }, { what: 'order', topic: 'a"b' });
    expect((await done).value).toEqual({ query: 'late order', count: 1, rows: [{ TITLE: 'A' }] });
    expect(search.mock.calls[0]?.[0]).toEqual({
      database: 'D',
      schema: 'S',
      service: 'V',
      query: 'late order',
      columns: ['TITLE'],
      filter: { '@eq': { TOPIC: 'a"b' } },
      limit: 3,
    });
  });

  it('asks nothing where the query comes to nothing', async () => {
    const { search, done } = run({ query: '{{ value.missing }}' }, {});
    await expect(done).rejects.toThrow('The query is empty');
    expect(search).not.toHaveBeenCalled();
  });

  it.each(['[]', '{ "@eq": ', 'TOPIC = 1'])('says that the filter %s is no JSON object', (filter) => {
    expect(problems({ filter })).toMatchObject([{ path: 'filter', message: 'The filter is no JSON object' }]);
  });

  it('takes at most 100 rows', () => {
    expect(aiSearch.config.safeParse({ ...given, limit: 101 }).success).toBe(false);
  });
});
