import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import type { Knowledge } from '../kit/node-definition';
import { sourceSemantic } from './source-semantic.definition';

const columns = columnsOf('CUSTOMER_NATION VARCHAR(25), REVENUE NUMBER(38,4)');

conformance('source.semantic', {
  folder: __dirname,
  known: { state: 'found', columns },
  hostileNames: (name) => ({
    database: name,
    schema: name,
    view: name,
    dimensions: [{ table: name, name, as: name }],
    metrics: [{ table: name, name }],
  }),
});

describe('source.semantic', () => {
  const parse = (config: object) =>
    sourceSemantic.config.safeParse({ database: 'D', schema: 'S', view: 'V', ...config });

  it('asks for something', () => {
    expect(parse({}).error?.issues).toEqual([expect.objectContaining({ path: ['metrics'] })]);
    expect(parse({ dimensions: [{ table: 'T', name: 'N' }] }).success).toBe(true);
  });

  it('says at the view that it is not there, and at the metrics what Snowflake holds against the question', () => {
    const config = sourceSemantic.config.parse({ database: 'D', schema: 'S', view: 'V', metrics: [{ name: 'M' }] });
    const problems = (known: Knowledge) =>
      sourceSemantic
        .check(config, { inputs: {}, kinds: {}, parameters: [], known })
        .map(({ code, path }) => [code, path]);
    expect(problems({ state: 'missing' })).toEqual([['SOURCE_NOT_FOUND', 'view']]);
    expect(problems({ state: 'denied' })).toEqual([['NO_ACCESS', 'view']]);
    expect(problems({ state: 'invalid', message: 'no' })).toEqual([['INVALID_SQL', 'metrics']]);
    const twice = columnsOf('A NUMBER(1,0), A NUMBER(1,0)');
    expect(problems({ state: 'found', columns: twice })).toEqual([['AMBIGUOUS_COLUMN', 'metrics']]);
  });
});
