import { literal } from '@snowflow/nodes/kit/sql/literal';
import type { SqlFragment } from '@snowflow/nodes/kit/sql/sql-fragment';
import type { Plan, PlanStep } from '../plan/plan';
import { block, choice, freshNames, underWays } from './scripting';
import { variantsOf } from './step-variants';

type Render = (fragment: SqlFragment) => string;

/** A whole plan as one block. `returns` is what RETURNS of a procedure says of it. */
export interface ScriptBody {
  text: string;
  returns: 'TABLE ()' | 'VARIANT' | 'VARCHAR';
}

interface Variables {
  ways: ReadonlyMap<string, string>;
  results: string;
  rows: string;
  table: string;
}

/**
 * The steps in their order, those behind conditions in IF. One result that is always there is given as a table, several or
 * one that may be skipped as an object of arrays by node, none as a word.
 */
export function scriptBody(plan: Plan, render: Render): ScriptBody {
  const fresh = freshNames(plan.parameters.map(({ name }) => name));
  const conditions = plan.steps.filter(({ kind }) => kind === 'condition');
  const variables: Variables = {
    ways: new Map(conditions.map(({ id }, index) => [id, fresh(`way_${index + 1}`)])),
    results: fresh('results'),
    rows: fresh('result_rows'),
    table: fresh('result_table'),
  };
  const returns = returnsOf(plan, render);
  const declarations = [
    ...[...variables.ways.values()].map((way) => `${way} VARCHAR`),
    ...(returns === 'VARIANT'
      ? [`${variables.results} OBJECT DEFAULT OBJECT_CONSTRUCT()`, `${variables.rows} ARRAY`]
      : []),
  ];
  const lines = plan.steps.flatMap((step) => [`-- ${step.id}`, ...stepLines(plan, step, render, returns, variables)]);
  return { text: block(declarations, [...lines, ENDINGS[returns](variables)]), returns };
}

const ENDINGS: Readonly<Record<ScriptBody['returns'], (variables: Variables) => string>> = {
  'TABLE ()': ({ table }) => `RETURN TABLE(${table});`,
  VARIANT: ({ results }) => `RETURN ${results};`,
  VARCHAR: () => `RETURN ${literal('Done')};`,
};

function returnsOf(plan: Plan, render: Render): ScriptBody['returns'] {
  const queries = plan.steps.filter(({ kind }) => kind === 'query');
  const [only] = queries;
  if (!only) return 'VARCHAR';
  return queries.length === 1 && variantsOf(plan, only, render).every(({ always }) => always) ? 'TABLE ()' : 'VARIANT';
}

function stepLines(
  plan: Plan,
  step: PlanStep,
  render: Render,
  returns: ScriptBody['returns'],
  variables: Variables,
): string[] {
  const spelled = (sql: string) => statementLines(step, sql, returns, variables);
  const variants = variantsOf(plan, step, render);
  const [only] = variants;
  if (!only) return [];
  if (only.always) return spelled(only.sql);
  return choice(variants.map(({ sql, when }) => ({ condition: underWays(when, variables.ways), lines: spelled(sql) })));
}

function statementLines(step: PlanStep, sql: string, returns: ScriptBody['returns'], variables: Variables): string[] {
  if (step.kind === 'write') return [`${sql};`];
  if (step.kind === 'condition') return [conditionLine(variables.ways.get(step.id) ?? '', sql)];
  if (returns === 'TABLE ()') return [`LET ${variables.table} RESULTSET := (${sql});`];
  const { rows, results } = variables;
  return [
    `SELECT ARRAY_AGG(OBJECT_CONSTRUCT_KEEP_NULL(*)) INTO :${rows} FROM (${sql});`,
    `${results} := OBJECT_INSERT(${results}, ${literal(step.id)}, ${rows});`,
  ];
}

/** A condition gives a row where it is true. */
export function conditionLine(variable: string, sql: string): string {
  return `SELECT IFF(COUNT(*) > 0, 'true', 'false') INTO :${variable} FROM (${sql});`;
}
