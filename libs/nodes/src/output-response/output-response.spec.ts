import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import { actionContext } from '../testing/action-context';
import { outputResponse } from './output-response.definition';
import { outputResponseAction } from './output-response.step';

conformance('output.response', { folder: __dirname, input: columnsOf('O_ORDERKEY NUMBER(38,0), O_CLERK VARCHAR(15)') });

describe('output.response', () => {
  it('answers a value as it is, and null where nothing came', () => {
    expect(outputResponseAction.run({ format: 'json' }, actionContext({ input: { n: [1, 2] } }))).toEqual({
      value: { n: [1, 2] },
    });
    expect(outputResponseAction.run({ format: 'json' }, actionContext({}))).toEqual({ value: null });
  });

  it('refuses CSV of a value at its field, and takes it of rows', () => {
    const context = { inputs: {}, parameters: [], known: undefined };
    expect(outputResponse.check({ format: 'csv' }, { ...context, kinds: { in: 'value' } })).toMatchObject([
      { code: 'INVALID_CONFIG', path: 'format' },
    ]);
    expect(outputResponse.check({ format: 'csv' }, { ...context, kinds: { in: 'relation' } })).toEqual([]);
  });

  it('refuses what is no status of an answer', () => {
    for (const status of [100, 600, 200.5]) expect(outputResponse.config.safeParse({ status }).success).toBe(false);
  });
});
