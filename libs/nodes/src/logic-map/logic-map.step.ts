import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ActionContext, ActionNode } from '../kit/action-node';
import { callParameters } from '../kit/called-workflow';
import { columnList, limitClause, namesOf, orderClause } from '../kit/relations';
import { sql, trusted } from '../kit/sql/sql-fragment';
import { fieldOf, type StepValue } from '../kit/step-value';
import { itemNames } from '../kit/text-template';
import { type CallEnd, type CallParameters, resultOf } from '../kit/workflow-calls';
import type { LogicMapConfig } from './logic-map.definition';

/** What it gives is a value, and values are small. */
const MOST_RESULT_CHARACTERS = 262_144;

/** Of a relation it asks no more columns than its texts name, and one row more than it may have: that says whether there are too many. */
export const logicMapStep: ActionNode<LogicMapConfig> = {
  type: 'logic.map',
  statement(config, { prelude, input }) {
    const named = namedColumns(config);
    const names = namesOf(input.columns).filter((name) => named?.has(name) ?? true);
    const columns = names.length > 0 ? columnList(names) : trusted('1 AS "ITEM"');
    const rest = sql`${orderClause(input.order)}${limitClause(mostOf(config) + 1)}`;
    return sql`${prelude}SELECT ${columns} FROM ${input.from}${rest}`;
  },
  async run(config, context) {
    const { concurrency, itemErrors } = config;
    const options = { concurrency, itemErrors, mostCharacters: MOST_RESULT_CHARACTERS };
    return { value: summedUp(await context.ports.workflows.runEach(() => callsOf(config, context), options)) };
  },
};

async function callsOf(config: LogicMapConfig, context: ActionContext): Promise<CallParameters[]> {
  const items = context.queryId === undefined ? listIn(config, context.input) : await rowsOf(config, context);
  return items.map((item) => callParameters(config, { ...context, item }));
}

/** The rows of its statement, by column. */
async function rowsOf(
  config: LogicMapConfig,
  { rowCount = 0, queryId = '', ports }: ActionContext,
): Promise<StepValue[]> {
  refuseExcess(rowCount, config, 'rows');
  const { columns, rows } = await ports.readRows(queryId, mostOf(config));
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])));
}

function listIn(config: LogicMapConfig, input: StepValue | undefined): readonly StepValue[] {
  const list = config.items === undefined ? input : fieldOf(input, config.items);
  if (!Array.isArray(list)) {
    const what = config.items === undefined ? 'What reaches this node' : `The field “${config.items}”`;
    throw new AppError('VALIDATION', `${what} is no list. Name the field that holds one, or give a list.`);
  }
  refuseExcess(list.length, config, 'items');
  return list;
}

function refuseExcess(count: number, config: LogicMapConfig, noun: string): void {
  const most = mostOf(config);
  if (count <= most) return;
  const message = `More than ${most} ${noun} reach this node, so nothing was run. Filter them, or raise “Items at most”.`;
  throw new AppError('LOOP_TOO_LARGE', message);
}

/** A config without it has a problem and is not run. */
const mostOf = ({ maxItems = 0 }: LogicMapConfig) => maxItems;

/** The columns that its texts name; undefined where one names the whole item. */
function namedColumns({ parameters }: LogicMapConfig): ReadonlySet<string> | undefined {
  const named = new Set<string>();
  for (const text of Object.values(parameters)) {
    if (typeof text !== 'string') continue;
    const names = itemNames(text);
    if (names === undefined) return undefined;
    names.forEach((name) => named.add(name));
  }
  return named;
}

function summedUp(ends: readonly CallEnd[]): { [field: string]: StepValue } {
  const succeeded = ends.filter(({ state }) => state === 'succeeded').length;
  return { count: ends.length, succeeded, failed: ends.length - succeeded, results: ends.map(resultOf) };
}
