import type { ActionNode, ActionResult } from '../kit/action-node';
import { identifier, join, sql, trusted } from '../kit/sql/sql-fragment';
import { valueFragmentOf } from '../kit/sql/sql-text';
import type { StepValue } from '../kit/step-value';
import { chosenByModel } from './chosen-by-model';
import { ELSE, type LogicRouterConfig } from './logic-router.definition';

/**
 * Rules are asked of Snowflake, in one statement with as many rows as the first true rule's place in the list: no value has to leave
 * it. Keywords and a model need no statement.
 */
export const logicRouterStep: ActionNode<LogicRouterConfig> = {
  type: 'logic.router',
  asks: ({ strategy }) => strategy === 'rules',
  statement({ routes }, { prelude, input, parameters }) {
    const value = identifier('VALUE');
    const places = routes.map((_route, index) => trusted(`SELECT ${index + 1} AS "PLACE"`));
    const cases = routes.map(({ rule = 'FALSE' }, index) => {
      const then = trusted(` THEN ${index + 1}`);
      return sql`WHEN ${valueFragmentOf(rule, parameters, value)}${then}`;
    });
    const all = sql`(${join(places, ' UNION ALL ')})`;
    return sql`${prelude}SELECT "PLACE" FROM ${input.from} CROSS JOIN ${all} WHERE "PLACE" <= CASE ${join(cases, ' ')} ELSE 0 END`;
  },
  run(config, context) {
    const { strategy, routes } = config;
    const { input, rowCount = 0 } = context;
    if (strategy === 'model') return chosenByModel(config, context).then(taken);
    const route =
      strategy === 'rules' ? routes[rowCount - 1] : routes.find(({ keywords = [] }) => holds(input, keywords));
    return taken(route?.name ?? ELSE);
  },
};

const taken = (port: string): ActionResult => ({ ports: [port], value: { route: port } });

/** Whether any of the words stands in a value's texts as a word of its own, in whatever case. */
function holds(value: StepValue | undefined, words: readonly string[]): boolean {
  const text = textsIn(value).join('\n');
  return words.some((word) => {
    const escaped = word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`).replaceAll(/\s+/g, String.raw`\s+`);
    return new RegExp(String.raw`(?<![\p{L}\p{N}_])${escaped}(?![\p{L}\p{N}_])`, 'iu').test(text);
  });
}

function textsIn(value: StepValue | undefined): string[] {
  if (value === undefined || value === null) return [];
  return typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [String(value)];
}
