import { literal } from '@snowflow/nodes/kit/sql/literal';
import type { SqlFragment } from '@snowflow/nodes/kit/sql/sql-fragment';
import type { Plan, PlanStep } from '../plan/plan';
import { conditionLine } from './script-body';
import { block, bodyText, choice, underWays } from './scripting';
import { variantsOf } from './step-variants';

/**
 * What a step's task does. Every task of a graph runs: a condition leaves its way as its return value, and what depends on
 * it reads that and does nothing where it is not live. So nothing rests on how Snowflake treats what was skipped.
 */
export function taskBody(
  plan: Plan,
  step: PlanStep,
  names: ReadonlyMap<string, string>,
  render: (fragment: SqlFragment) => string,
): string {
  const variants = variantsOf(plan, step, render);
  const [only] = variants;
  if (step.kind === 'write' && only?.always) return only.sql;
  const ways = new Map(step.dependsOn.map((id, index) => [id, `way_${index + 1}`]));
  const own = 'own_way';
  const lines = (sql: string) => (step.kind === 'condition' ? [conditionLine(own, sql)] : [`${sql};`]);
  const work = only?.always
    ? lines(only.sql)
    : choice(variants.map(({ sql, when }) => ({ condition: underWays(when, ways), lines: lines(sql) })));
  return `EXECUTE IMMEDIATE ${bodyText(
    block(
      [
        ...[...ways.values()].map((way) => `${way} VARCHAR`),
        ...(step.kind === 'condition' ? [`${own} VARCHAR DEFAULT 'none'`] : []),
      ],
      [
        ...[...ways].map(
          ([id, way]) => `SELECT SYSTEM$GET_PREDECESSOR_RETURN_VALUE(${literal(names.get(id) ?? '')}) INTO :${way};`,
        ),
        ...work,
        ...(step.kind === 'condition' ? answer(own) : []),
      ],
    ),
  )}`;
}

/** The system function takes a constant. */
function answer(way: string): string[] {
  const say = (port: string) => ({
    condition: `${way} = ${literal(port)}`,
    lines: [`CALL SYSTEM$SET_RETURN_VALUE(${literal(port)});`],
  });
  return choice([say('true'), say('false'), { condition: 'TRUE', lines: ["CALL SYSTEM$SET_RETURN_VALUE('none');"] }]);
}
