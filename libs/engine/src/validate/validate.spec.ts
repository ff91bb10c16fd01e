import type { Problem } from '@snowflow/contracts/documents/problem';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { columnsOf } from '@snowflow/nodes/kit/columns-of';
import { definitions } from '@snowflow/nodes/definitions';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import fc from 'fast-check';
import { draw, tpch } from '../fixtures/draw';
import { tpchKnowledge } from '../fixtures/tpch-tables';
import { PolyglotSqlParser } from '../sql/polyglot.sql-parser';
import { questionsOf } from './questions-of';
import { validate } from './validate';

const result = (id: string, from: string) => [id, 'output.result', { name: 'R' }, from] as const;
const problemsOf = (document: WorkflowDocument, parser?: PolyglotSqlParser): Problem[] =>
  validate(document, tpchKnowledge(document), parser ? { parser } : {}).problems;
const brief = (problems: readonly Problem[]) => problems.map(({ code, nodeId, path }) => [code, nodeId, path]);
const withParameters = (document: WorkflowDocument, ...names: string[]): WorkflowDocument => ({
  ...document,
  parameters: names.map((name) => ({ name, type: 'string' })),
});

describe('Validation', () => {
  it('finds nothing wrong with a good workflow', () => {
    const document = draw(
      tpch('orders', 'ORDERS'),
      ['top', 'shape.limit', { rows: 5 }, 'orders'],
      result('out', 'top'),
    );
    expect(validate(document, tpchKnowledge(document))).toMatchObject({ valid: true, problems: [] });
  });

  it('calls a document without nodes empty', () => {
    expect(brief(problemsOf(draw()))).toEqual([['EMPTY_WORKFLOW', undefined, 'nodes']]);
  });

  it('says where the shape of a document is wrong', () => {
    const problems = validate({ ...draw(), nodes: [{ id: 'a b' }], colour: 1 }).problems;
    expect(brief(problems)).toEqual(
      expect.arrayContaining([
        ['INVALID_CONFIG', undefined, 'nodes.0.id'],
        ['INVALID_CONFIG', undefined, 'nodes.0.type'],
        ['INVALID_CONFIG', undefined, 'colour'],
      ]),
    );
  });

  it('names repeated ids', () => {
    const document = draw(tpch('a', 'ORDERS'), tpch('a', 'NATION'), result('out', 'a'));
    expect(brief(problemsOf(document))).toContainEqual(['DUPLICATE_ID', 'a', undefined]);
  });

  it('names the nodes of a cycle', () => {
    const document = draw(
      ['a', 'shape.limit', { rows: 1 }, 'c'],
      ['b', 'shape.limit', { rows: 1 }, 'a'],
      ['c', 'shape.limit', { rows: 1 }, 'b'],
      result('out', 'c'),
    );
    const cycle = problemsOf(document).find((problem) => problem.code === 'CYCLE');
    expect(cycle?.message).toMatch(/a → b → c → a|b → c → a → b|c → a → b → c/);
  });

  it('names unknown types, ports and ends of edges, and inputs that are missing or taken twice', () => {
    const document = draw(
      tpch('orders', 'ORDERS'),
      ['odd', 'shape.filtre', {}, 'orders'],
      ['sideways', 'shape.limit', { rows: 1 }, 'orders.left'],
      ['alone', 'shape.join', { how: 'cross' }],
      ['twice', 'shape.limit', { rows: 1 }, 'orders', 'orders'],
      ['ghost', 'shape.limit', { rows: 1 }, 'nobody'],
    );
    const problems = problemsOf(document);
    expect(brief(problems)).toEqual(
      expect.arrayContaining([
        ['UNKNOWN_NODE_TYPE', 'odd', undefined],
        ['UNKNOWN_PORT', 'orders', 'left'],
        ['MISSING_INPUT', 'alone', 'left'],
        ['MISSING_INPUT', 'alone', 'right'],
        ['INVALID_CONFIG', 'twice', 'in'],
        ['UNKNOWN_NODE', undefined, 'edges.4.source'],
      ]),
    );
    expect(problems.find((problem) => problem.code === 'UNKNOWN_NODE_TYPE')?.suggestion).toContain('shape.filter');
  });

  it('names the key of a config that is wrong, missing or not known', () => {
    const document = draw(
      tpch('orders', 'ORDERS'),
      ['top', 'shape.limit', { rows: -1, colour: 'blue' }, 'orders'],
      ['empty', 'source.table', { database: 'D', schema: '', table: 'x'.repeat(256) }],
      ['none', 'shape.filter', { conditions: [{ operator: 'eq', value: 1 }] }, 'orders'],
    );
    expect(brief(problemsOf(document))).toEqual(
      expect.arrayContaining([
        ['INVALID_CONFIG', 'top', 'rows'],
        ['INVALID_CONFIG', 'top', 'colour'],
        ['INVALID_IDENTIFIER', 'empty', 'schema'],
        ['INVALID_IDENTIFIER', 'empty', 'table'],
        ['INVALID_CONFIG', 'none', 'conditions.0.column'],
      ]),
    );
  });

  it('names unknown columns with the likely one, through the columns that other nodes make', () => {
    const document = draw(
      tpch('orders', 'ORDERS'),
      ['renamed', 'shape.select', { columns: [{ column: 'O_TOTALPRICE', as: 'PRICE' }] }, 'orders'],
      ['filtered', 'shape.filter', { conditions: [{ column: 'PRIZE', operator: 'gt', value: 1 }] }, 'renamed'],
      ['hostile', 'shape.sort', { by: [{ column: 'a"; drop table x; --' }] }, 'renamed'],
      result('out', 'filtered'),
      result('out2', 'hostile'),
    );
    expect(problemsOf(document)).toEqual([
      expect.objectContaining({
        code: 'UNKNOWN_COLUMN',
        nodeId: 'filtered',
        path: 'conditions.0.column',
        suggestion: 'Did you mean “PRICE”?',
      }),
      expect.objectContaining({ code: 'UNKNOWN_COLUMN', nodeId: 'hostile', path: 'by.0.column' }),
    ]);
  });

  it.each([
    ['O_ORDERDATE', 'eq', 'yesterday', 'TYPE_MISMATCH', 'conditions.0.value'],
    ['O_ORDERDATE', 'between', ['1994-01-01', '1994-02-30'], 'TYPE_MISMATCH', 'conditions.0.value.1'],
    ['O_TOTALPRICE', 'contains', 'x', 'TYPE_MISMATCH', 'conditions.0.operator'],
    ['O_TOTALPRICE', 'gt', 'many', 'TYPE_MISMATCH', 'conditions.0.value'],
    ['O_CLERK', 'eq', 5, 'TYPE_MISMATCH', 'conditions.0.value'],
    ['O_TOTALPRICE', 'gt', '{{ parameters.text }}', 'TYPE_MISMATCH', 'conditions.0.value'],
    ['O_CLERK', 'eq', '{{ parameters.nope }}', 'UNKNOWN_PARAMETER', 'conditions.0.value'],
  ])('checks %s %s %j against the column', (column, operator, value, code, path) => {
    const document = draw(
      tpch('orders', 'ORDERS'),
      ['f', 'shape.filter', { conditions: [{ column, operator, value }] }, 'orders'],
      result('out', 'f'),
    );
    expect(brief(problemsOf(withParameters(document, 'text')))).toEqual([[code, 'f', path]]);
  });

  it('checks the types of joins, unions and measures, and names that two columns would have', () => {
    const document = draw(
      tpch('orders', 'ORDERS'),
      tpch('nation', 'NATION'),
      ['j', 'shape.join', { on: [{ left: 'O_ORDERDATE', right: 'N_NATIONKEY' }] }, 'orders', 'nation'],
      ['u', 'shape.union', { byName: false }, 'orders', 'nation'],
      ['a', 'shape.aggregate', { measures: [{ function: 'sum', column: 'O_CLERK', as: 'X' }] }, 'orders'],
      ['s', 'shape.select', { columns: [{ column: 'O_CLERK' }, { column: 'O_COMMENT', as: 'O_CLERK' }] }, 'orders'],
      ...['j', 'u', 'a', 's'].map((id) => result(`out-${id}`, id)),
    );
    expect(brief(problemsOf(document))).toEqual([
      ['TYPE_MISMATCH', 'a', 'measures.0.column'],
      ['AMBIGUOUS_COLUMN', 's', 'columns.1.as'],
      ['TYPE_MISMATCH', 'j', 'on.0.right'],
      ['TYPE_MISMATCH', 'u', 'byName'],
    ]);
  });

  it('names sources that are missing or denied', () => {
    const document = draw(
      tpch('gone', 'a"; drop table x; --'),
      tpch('secret', 'ORDERS'),
      result('o', 'gone'),
      result('p', 'secret'),
    );
    const knowledge = new Map<string, Knowledge>([
      ['gone', { state: 'missing' }],
      ['secret', { state: 'denied' }],
    ]);
    expect(brief(validate(document, knowledge).problems)).toEqual([
      ['SOURCE_NOT_FOUND', 'gone', 'table'],
      ['NO_ACCESS', 'secret', 'table'],
    ]);
  });

  it('reads expressions with a parser where there is one', async () => {
    const parser = await PolyglotSqlParser.create();
    const document = draw(
      tpch('orders', 'ORDERS'),
      ['f', 'shape.filter', { expression: 'O_TOTALPRIZE > 1' }, 'orders'],
      ['c', 'logic.condition', { expression: 'O_TOTALPRICE > 1' }, 'f'],
      ['q', 'source.sql', { sql: 'SELECT 1; SELECT 2' }],
      ['x', 'shape.select', { columns: [{ expression: "'{{ parameters.p }}'", as: 'X' }] }, 'c.true'],
      result('out', 'x'),
      result('out2', 'q'),
    );
    expect(brief(problemsOf(document, parser))).toEqual([
      ['INVALID_SQL', 'q', 'sql'],
      ['UNKNOWN_COLUMN', 'f', 'expression'],
      ['INVALID_SQL', 'c', 'expression'],
      ['INVALID_SQL', 'x', 'columns.0.expression'],
    ]);
  });

  it('warns of a workflow without outputs, and of nodes that lead to none', () => {
    const document = draw(tpch('orders', 'ORDERS'), ['side', 'shape.sort', { by: [{ column: 'O_CLERK' }] }, 'orders']);
    expect(problemsOf(document)).toEqual([expect.objectContaining({ severity: 'warning', code: 'NO_OUTPUT' })]);
    const more = draw(tpch('orders', 'ORDERS'), tpch('nation', 'NATION'), result('out', 'orders'));
    expect(problemsOf(more)).toEqual([
      expect.objectContaining({ severity: 'warning', code: 'UNREACHABLE_NODE', nodeId: 'nation' }),
    ]);
  });

  describe('of rows that may differ each time', () => {
    const limit = ['top', 'shape.limit', { rows: 5 }, 'orders'] as const;
    const needs = (document: WorkflowDocument) =>
      problemsOf(document)
        .filter((problem) => problem.code === 'NEEDS_MATERIALISE')
        .map((problem) => problem.nodeId);

    it('asks for materialising where two read them, however far below', () => {
      expect(needs(draw(tpch('orders', 'ORDERS'), limit, result('a', 'top'), result('b', 'top')))).toEqual(['top']);
      const below = ['f', 'shape.filter', { expression: 'TRUE' }, 'top'] as const;
      expect(needs(draw(tpch('orders', 'ORDERS'), limit, below, result('a', 'f'), result('b', 'f')))).toEqual(['top']);
      const condition = ['c', 'logic.condition', { expression: 'ROW_COUNT > 1' }, 'top'] as const;
      expect(needs(draw(tpch('orders', 'ORDERS'), limit, condition, result('a', 'c.true')))).toEqual(['top']);
    });

    it('does not where one reads them, or where they are sorted', () => {
      expect(needs(draw(tpch('orders', 'ORDERS'), limit, result('a', 'top')))).toEqual([]);
      const sort = ['s', 'shape.sort', { by: [{ column: 'O_ORDERKEY' }] }, 'orders'] as const;
      const top = ['top', 'shape.limit', { rows: 5 }, 's'] as const;
      expect(needs(draw(tpch('orders', 'ORDERS'), sort, top, result('a', 'top'), result('b', 'top')))).toEqual([]);
    });
  });

  it('passes the first input through a disabled node, whatever its config, and refuses a disabled source', () => {
    const document = draw(
      tpch('orders', 'ORDERS'),
      ['off', 'shape.select', { columns: 'nonsense' }, 'orders'],
      ['f', 'shape.filter', { conditions: [{ column: 'O_CLERK', operator: 'isNull' }] }, 'off'],
      result('out', 'f'),
    );
    const disabled = (id: string) => ({
      ...document,
      nodes: document.nodes.map((node) => (node.id === id ? { ...node, disabled: true } : node)),
    });
    expect(problemsOf(disabled('off'))).toEqual([]);
    expect(brief(problemsOf(disabled('orders')))).toContainEqual(['INVALID_CONFIG', 'orders', 'disabled']);
  });

  it('checks a target table by its mode', () => {
    const at = { database: 'DEMO', schema: 'PUBLIC', table: 'T' };
    const write = (config: object, target: Knowledge) => {
      const document = draw(tpch('n', 'NATION'), ['w', 'output.table', { ...at, ...config }, 'n']);
      return brief(validate(document, tpchKnowledge(document).set('w', target)).problems).map(([code, , path]) => [
        code,
        path,
      ]);
    };
    const same: Knowledge = {
      state: 'found',
      columns: columnsOf(
        'N_NATIONKEY NUMBER(38,0), N_NAME VARCHAR(25), N_REGIONKEY NUMBER(38,0), N_COMMENT VARCHAR(152)',
      ),
    };
    const other: Knowledge = { state: 'found', columns: columnsOf('N_NATIONKEY DATE, OTHER VARCHAR(1)') };
    const missing: Knowledge = { state: 'missing' };
    expect(write({ mode: 'create' }, missing)).toEqual([]);
    expect(write({ mode: 'create' }, same)).toEqual([['TABLE_EXISTS', 'table']]);
    expect(write({ mode: 'replace' }, same)).toEqual([]);
    expect(write({ mode: 'replace' }, missing)).toEqual([]);
    expect(write({ mode: 'append' }, missing)).toEqual([['SOURCE_NOT_FOUND', 'table']]);
    expect(write({ mode: 'merge' }, same)).toEqual([['INVALID_CONFIG', 'keys']]);
    expect(write({ mode: 'merge', keys: ['NOPE'] }, same)).toEqual([['UNKNOWN_COLUMN', 'keys.0']]);
    expect(write({ mode: 'replace' }, other).map(([code]) => code)).toEqual([
      'TYPE_MISMATCH',
      'UNKNOWN_COLUMN',
      'UNKNOWN_COLUMN',
      'UNKNOWN_COLUMN',
      'UNKNOWN_COLUMN',
    ]);
    expect(write({ mode: 'replace', recreate: true }, other)).toEqual([]);
  });

  it('never throws, whatever it is given', () => {
    const id = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
    const config = fc.oneof(
      fc.dictionary(
        fc.constantFrom('columns', 'by', 'on', 'rows', 'sql', 'expression', 'conditions', 'table', '__proto__'),
        fc.jsonValue(),
      ),
      fc.constantFrom(...[...definitions.values()].flatMap((one) => one.examples.map((example) => example.config))),
    );
    const node = fc.record({
      id,
      type: fc.constantFrom(...definitions.keys(), 'no.such'),
      label: fc.string({ maxLength: 5 }),
      position: fc.constant({ x: 0, y: 0 }),
      config,
      disabled: fc.boolean(),
    });
    const port = fc.constantFrom('in', 'out', 'left', 'right', 'true', 'false');
    const edge = fc.record({ id, source: id, sourcePort: port, target: id, targetPort: port });
    const drawn = fc.record({
      schemaVersion: fc.constant(1),
      name: fc.constant('Any'),
      nodes: fc.array(node, { maxLength: 8 }),
      edges: fc.array(edge, { maxLength: 10 }),
    });
    const column = fc.record({
      name: fc.string({ maxLength: 4 }),
      type: fc.constantFrom('', 'DATE', 'NUMBER(38,0)', 'X'),
      nullable: fc.boolean(),
    });
    const known: fc.Arbitrary<Knowledge> = fc.oneof(
      fc.record({ state: fc.constant('found' as const), columns: fc.array(column) }),
      fc.constant({ state: 'missing' as const }),
    );
    fc.assert(
      fc.property(
        fc.oneof(drawn, fc.jsonValue(), fc.anything()),
        fc.array(fc.tuple(id, known)),
        (document, knowledge) => {
          const { valid, problems } = validate(document, new Map(knowledge));
          expect(valid).toBe(problems.every((problem) => problem.severity === 'warning'));
          questionsOf(document);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
