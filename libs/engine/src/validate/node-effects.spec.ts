import { definitions } from '@snowflow/nodes/definitions';
import fc from 'fast-check';
import { PolyglotSqlParser } from '../sql/polyglot.sql-parser';
import { type Effects, effectsOf, mergedEffects } from './node-effects';

const place = { database: 'HOME', schema: 'PUBLIC' };

describe('What nodes do', () => {
  let parser: PolyglotSqlParser;
  beforeAll(async () => {
    parser = await PolyglotSqlParser.create();
  });

  const of = (type: string, config: Record<string, unknown>): Effects => {
    const definition = definitions.get(type);
    const parsed = definition?.config.parse(config);
    const fields = definition?.sqlFields?.(parsed, { inputs: {}, kinds: {}, parameters: [], known: undefined }) ?? [];
    return effectsOf([{ definition, config: parsed, fields, parameters: [] }], place, parser);
  };

  it('names tables, also those of SQL, views in quotes and functions that may read anything', () => {
    const table = { database: 'DEMO', schema: 'PUBLIC', table: 'ORDERS' };
    expect(of('source.table', table).reads).toEqual(['DEMO.PUBLIC.ORDERS']);
    const sql = 'WITH MINE AS (SELECT * FROM "odd".S.T) SELECT A.B.F(N) FROM MINE JOIN OWN ON TRUE';
    expect(of('source.sql', { sql }).reads).toEqual(['A.B.F', 'HOME.PUBLIC.OWN', '"odd".S.T']);
  });

  it('names what is written and how, and who gets what is sent', () => {
    const target = { database: 'DEMO', schema: 'PUBLIC', table: 'SHARED', mode: 'append' };
    expect(of('output.table', target)).toMatchObject({
      reads: [],
      writes: [{ table: 'DEMO.PUBLIC.SHARED', mode: 'append' }],
    });
    const hook = { channel: 'webhook', url: 'https://evil.example:8443/in?x=1' };
    expect(of('output.notification', hook).sends).toEqual([{ by: 'webhook', to: 'evil.example:8443' }]);
    const mail = { channel: 'email', to: ['b@x.example', 'a@x.example'], subject: 's', text: 't' };
    expect(of('output.notification', mail).sends.map(({ to }) => to)).toEqual(['a@x.example', 'b@x.example']);
    expect(of('ai.http', { method: 'POST', url: 'https://agent.example/v1' }).sends).toEqual([
      { by: 'call', to: 'agent.example' },
    ]);
  });

  it('names the tools of an agent: what they read, call and ask', () => {
    const tools = [
      { kind: 'sql', name: 'a', schemas: [{ database: 'DEMO', schema: 'PUBLIC' }] },
      { kind: 'http', name: 'b', url: 'https://evil.example/', method: 'POST' },
      { kind: 'search', name: 'c', database: 'D', schema: 'S', source: 'DOCS' },
    ];
    expect(of('ai.agent', { model: 'claude-4', question: 'q', instructions: 'i', tools })).toEqual({
      reads: ['D.S.DOCS', 'DEMO.PUBLIC'],
      writes: [],
      sends: [{ by: 'call', to: 'evil.example' }],
      models: ['claude-4'],
    });
  });

  it('says that an agent whose SQL has no limits may read anything', () => {
    const tools = [{ kind: 'sql', name: 'a' }];
    const { reads } = of('ai.agent', { model: 'claude-4', question: 'q', instructions: 'i', tools });
    expect(reads).toEqual(['all that the role may read']);
  });

  it('is the same in whatever order it is told, and not more when told twice', () => {
    const texts = fc.array(fc.string());
    const some = fc.record({
      reads: texts,
      models: texts,
      writes: fc.constant<Effects['writes']>([]),
      sends: fc.constant<Effects['sends']>([]),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 5 }), (all) => {
        const merged = mergedEffects(all);
        expect(mergedEffects([...all].reverse())).toEqual(merged);
        expect(mergedEffects([merged, merged])).toEqual(merged);
      }),
    );
  });
});
