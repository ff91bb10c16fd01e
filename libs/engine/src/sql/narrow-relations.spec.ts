import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { draw, tpch } from '../fixtures/draw';
import { tpchKnowledge } from '../fixtures/tpch-tables';
import { makePlan } from '../plan/make-plan';
import type { Outcomes } from '../run/step-outcome';
import { validate } from '../validate/validate';
import { composeStep } from './compose-step';

function statement(document: WorkflowDocument, step: string, outcomes: Outcomes = {}): string[] {
  const { graph } = validate(document, tpchKnowledge(document));
  if (!graph) throw new Error('no graph');
  return composeStep(makePlan(graph), step, outcomes).sql.split('\n');
}

const result = (id: string, from: string) => [id, 'output.result', { name: 'R' }, from] as const;
const atLeast = (value: number) => ({ column: 'N_REGIONKEY', operator: 'gte', value });
const names = ['p', 'shape.select', { columns: [{ column: 'N_NAME' }] }] as const;

describe('The queries of a statement', () => {
  it('give what both of their readers need', () => {
    const document = draw(
      tpch('n', 'NATION'),
      [...names, 'n'],
      ['k', 'shape.select', { columns: [{ expression: 'n_nationkey + 1', as: 'N_NAME' }] }, 'n'],
      ['u', 'shape.join', { how: 'cross' }, 'p', 'k'],
      result('out', 'u'),
    );
    expect(statement(document, 'out')[0]).toContain('(SELECT "N_NATIONKEY", "N_NAME" FROM');
  });

  it('carry the columns of an order to where it counts, and no further', () => {
    const document = draw(
      tpch('n', 'NATION'),
      ['s', 'shape.sort', { by: [{ column: 'N_REGIONKEY' }] }, 'n'],
      ['top', 'shape.limit', { rows: 3 }, 's'],
      ['a', 'shape.aggregate', { measures: [{ function: 'max', column: 'N_NAME', as: 'M' }] }, 'top'],
      result('out', 'a'),
    );
    expect(statement(document, 'out')).toEqual([
      'WITH "n1_n" AS (SELECT "N_NAME", "N_REGIONKEY" FROM "SNOWFLAKE_SAMPLE_DATA"."TPCH_SF1"."NATION"),',
      '"n2_s" AS (SELECT "N_NAME", "N_REGIONKEY" FROM "n1_n"),',
      '"n3_top" AS (SELECT "N_NAME" FROM "n2_s" ORDER BY "N_REGIONKEY" ASC LIMIT 3),',
      '"n4_a" AS (SELECT MAX("N_NAME") AS "M" FROM "n3_top")',
      'SELECT "M" FROM "n4_a"',
    ]);
  });

  it('drop an order that a later node does not keep, with its columns', () => {
    const document = draw(
      tpch('n', 'NATION'),
      ['s', 'shape.sort', { by: [{ column: 'N_REGIONKEY' }] }, 'n'],
      [...names, 's'],
      ['a', 'shape.aggregate', { groupBy: ['N_NAME'] }, 'p'],
      result('out', 'a'),
    );
    expect(statement(document, 'out').join()).not.toContain('N_REGIONKEY');
  });

  it('keep one column of a relation of which only the number of rows matters', () => {
    const condition = ['c', 'logic.condition', { expression: 'ROW_COUNT > 3' }, 'n'] as const;
    expect(statement(draw(tpch('n', 'NATION'), condition, result('out', 'c.true')), 'c')[0]).toContain(
      '(SELECT "N_NATIONKEY" FROM',
    );
  });

  it('keep all columns of a result that other steps read, and read few of them there', () => {
    const document = draw(
      tpch('n', 'NATION'),
      ['f', 'shape.filter', { expression: 'N_REGIONKEY = 1', materialise: true }, 'n'],
      [...names, 'f'],
      result('out', 'p'),
    );
    expect(statement(document, 'f').at(-1)).toBe(
      'SELECT "N_NATIONKEY", "N_NAME", "N_REGIONKEY", "N_COMMENT" FROM "n2_f"',
    );
    const done: Outcomes = { f: { state: 'succeeded', ref: 'q', ms: 1 } };
    expect(statement(document, 'out', done)[0]).toBe('WITH "n1_p" AS (SELECT "N_NAME" FROM TABLE(RESULT_SCAN(?)))');
  });

  it('are one where nodes that only pick follow each other, with a line for each filter', () => {
    const any = { match: 'any', conditions: [{ column: 'N_NAME', operator: 'isNull' }, { ...atLeast(2) }] };
    const document = draw(
      tpch('n', 'NATION'),
      ['f', 'shape.filter', { conditions: [atLeast(1)] }, 'n'],
      ['s', 'shape.sort', { by: [{ column: 'N_NAME' }] }, 'f'],
      ['g', 'shape.filter', any, 's'],
      [...names, 'g'],
      ['top', 'shape.limit', { rows: 3 }, 'p'],
      ['h', 'shape.filter', { expression: "n_name <> 'CHINA'" }, 'top'],
      result('out', 'h'),
    );
    expect(statement(document, 'out')).toEqual([
      'WITH "n1_n" AS (SELECT "N_NAME", "N_REGIONKEY" FROM "SNOWFLAKE_SAMPLE_DATA"."TPCH_SF1"."NATION"),',
      '"n5_p" AS (SELECT "N_NAME" FROM "n1_n" WHERE "N_REGIONKEY" >= ?',
      '  AND ("N_NAME" IS NULL OR "N_REGIONKEY" >= ?)),',
      '"n6_top" AS (SELECT "N_NAME" FROM "n5_p" ORDER BY "N_NAME" ASC LIMIT 3),',
      `"n7_h" AS (SELECT "N_NAME" FROM "n6_top" WHERE (n_name <> 'CHINA'))`,
      'SELECT "N_NAME" FROM "n7_h" ORDER BY "N_NAME" ASC',
    ]);
  });

  it('stay apart where two nodes read what was picked', () => {
    const document = draw(
      tpch('n', 'NATION'),
      ['f', 'shape.filter', { conditions: [atLeast(1)] }, 'n'],
      ['a', 'shape.filter', { conditions: [atLeast(2)] }, 'f'],
      ['b', 'shape.filter', { conditions: [atLeast(3)] }, 'f'],
      ['u', 'shape.union', {}, 'a', 'b'],
      result('out', 'u'),
    );
    expect(
      statement(document, 'out').filter((line) => line.includes('FROM "n2_f" WHERE "N_REGIONKEY" >= ?')),
    ).toHaveLength(2);
  });

  it('leave out what only a dead branch would have read', () => {
    const document = draw(
      tpch('n', 'NATION'),
      tpch('r', 'REGION'),
      ['c', 'logic.condition', { expression: 'TRUE' }, 'n'],
      ['j', 'shape.join', { how: 'cross' }, 'c.false', 'r'],
      ['u', 'shape.union', {}, 'j', 'c.true'],
      result('out', 'u'),
    );
    const taken: Outcomes = { c: { state: 'succeeded', ports: ['true'], ms: 1 } };
    expect(statement(document, 'out', taken).join()).not.toContain('REGION"');
  });
});
