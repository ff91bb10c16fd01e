import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import type { CheckContext } from '../kit/node-definition';
import { renderBinds } from '../kit/sql/render';
import { sql } from '../kit/sql/sql-fragment';
import type { StepValue } from '../kit/step-value';
import type { CallEnd, CallParameters, EachOptions } from '../kit/workflow-calls';
import { actionContext } from '../testing/action-context';
import { logicMap } from './logic-map.definition';
import { logicMapStep } from './logic-map.step';

const input = columnsOf('R_REGIONKEY NUMBER(38,0), R_NAME VARCHAR(25), R_COMMENT VARCHAR(152)');

conformance('logic.map', { folder: __dirname, input });

describe('logic.map', () => {
  const configOf = (more: object) =>
    logicMap.config.parse({
      workflowId: 'wf_0000000000000000000001',
      maxItems: 3,
      parameters: { r: '{{ item.R_NAME }}' },
      ...more,
    });
  const problems = (more: object, kind: 'relation' | 'value') => {
    const context: CheckContext = { inputs: { in: [input] }, kinds: { in: kind }, parameters: [], known: undefined };
    return logicMap.check(configOf(more), context).map(({ code, path }) => [code, path]);
  };

  it('has to be told how many items there are at most', () => {
    expect(problems({ maxItems: undefined }, 'value')).toEqual([['LOOP_UNBOUNDED', 'maxItems']]);
    expect(logicMap.config.safeParse({ ...configOf({}), maxItems: 1001 }).success).toBe(false);
  });

  it('knows the columns of rows, not the fields of items', () => {
    expect(problems({ parameters: { r: '{{ item.R_NAM }}' } }, 'relation')).toEqual([
      ['UNKNOWN_COLUMN', 'parameters.r'],
    ]);
    expect(problems({ parameters: { r: '{{ item.any }} {{ item }}' }, items: 'list' }, 'value')).toEqual([]);
    expect(problems({ items: 'list' }, 'relation')).toEqual([['INVALID_CONFIG', 'items']]);
  });

  it('asks for the columns that its texts name, in order, and for one row too many', () => {
    const relation = {
      from: sql`"n1"`,
      columns: input,
      hidden: [],
      order: [{ column: 'R_NAME', direction: 'asc' as const }],
    };
    const statement = (parameters: object) => {
      const parts = { prelude: sql``, input: relation, parameters: [], targetExists: false };
      return renderBinds(logicMapStep.statement?.(configOf({ parameters }), parts) ?? sql``).sql;
    };
    expect(statement({ r: 'x {{ item.R_NAME }}', s: 1 })).toBe(
      'SELECT "R_NAME" FROM "n1" ORDER BY "R_NAME" ASC LIMIT 4',
    );
    expect(statement({ r: '{{ item }}' })).toBe(
      'SELECT "R_REGIONKEY", "R_NAME", "R_COMMENT" FROM "n1" ORDER BY "R_NAME" ASC LIMIT 4',
    );
    expect(statement({})).toBe('SELECT 1 AS "ITEM" FROM "n1" ORDER BY "R_NAME" ASC LIMIT 4');
  });

  const runWith = async (
    config: object,
    given: { input?: StepValue; rowCount?: number; queryId?: string; rows?: StepValue[][] },
    end: (parameters: CallParameters) => CallEnd = ({ r }) => ({ state: 'succeeded', value: r ?? null }),
  ) => {
    const calls: CallParameters[] = [];
    const asked: EachOptions[] = [];
    const workflows = {
      runEach: async (items: () => Promise<readonly CallParameters[]>, options: EachOptions) => {
        asked.push(options);
        calls.push(...(await items()));
        return calls.map(end);
      },
    };
    const result = await logicMapStep.run(
      configOf(config),
      actionContext({ ...given, columns: columnsOf('R_NAME VARCHAR(25)'), workflows }),
    );
    return { calls, asked, value: result.value };
  };

  it('calls once per row, and sums up what they gave', async () => {
    const rows = [['ASIA'], ['EUROPE']];
    const failing = ({ r }: CallParameters): CallEnd =>
      r === 'ASIA'
        ? { state: 'failed', code: 'SQL_FAILED', message: 'no' }
        : { state: 'succeeded', value: { rowCount: 5 } };
    expect(await runWith({}, { rowCount: 2, queryId: 'q1', rows }, failing)).toEqual({
      asked: [{ concurrency: 4, itemErrors: 'fail', mostCharacters: 256 * 1024 }],
      calls: [{ r: 'ASIA' }, { r: 'EUROPE' }],
      value: {
        count: 2,
        succeeded: 1,
        failed: 1,
        results: [{ error: { code: 'SQL_FAILED', message: 'no' } }, { rowCount: 5 }],
      },
    });
  });

  it('calls once per item of a list, or of a field that holds one', async () => {
    const parameters = { r: '{{ item }}' };
    expect((await runWith({ parameters }, { input: ['a', 1] })).calls).toEqual([{ r: 'a' }, { r: 1 }]);
    const inField = { parameters: { r: '{{ item.id }}/{{ value.of }}' }, items: 'list' };
    expect((await runWith(inField, { input: { of: 'x', list: [{ id: 7 }] } })).calls).toEqual([{ r: '7/x' }]);
    expect((await runWith({}, { input: [] })).value).toEqual({ count: 0, succeeded: 0, failed: 0, results: [] });
  });

  it('runs nothing where there are too many, or where there is no list', async () => {
    const tooMany = { code: 'LOOP_TOO_LARGE', message: expect.stringContaining('nothing was run') as string };
    await expect(runWith({}, { rowCount: 4, queryId: 'q1' })).rejects.toMatchObject(tooMany);
    await expect(runWith({}, { input: [1, 2, 3, 4] })).rejects.toMatchObject(tooMany);
    await expect(runWith({}, { input: { list: [] } })).rejects.toMatchObject({ code: 'VALIDATION' });
    await expect(runWith({ items: 'lost' }, { input: {} })).rejects.toMatchObject({ code: 'VALIDATION' });
  });
});
