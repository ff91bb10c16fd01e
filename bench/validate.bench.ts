import { PolyglotSqlParser } from '@snowflow/engine/sql/polyglot.sql-parser';
import { validate } from '@snowflow/engine/validate/validate';
import { draw, type Drawn, tpch } from '@snowflow/engine/fixtures/draw';
import { tpchKnowledge } from '@snowflow/engine/fixtures/tpch-tables';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import { measure } from './measure';
import type { Row } from './report';

const NODES = 300;
const GOAL_MS = 100;

/** A chain as people draw them, over and over: filter, compute, number, sort; a join and SQL now and then. */
function drawn(): Drawn[] {
  const chain = Array.from({ length: NODES - 2 }, (_, index): Drawn => {
    const before = index === 0 ? 'orders' : `n${index - 1}`;
    const conditions = [{ column: 'O_CLERK', operator: 'eq', value: 'x' }];
    const rank = { function: 'rank', as: `R${index}` };
    const columns = [{ expression: 'O_TOTALPRICE * 2', as: `C${index}` }];
    const kinds: Drawn[] = [
      [`n${index}`, 'shape.filter', { conditions }, before],
      [`n${index}`, 'shape.select', { columns, keepOthers: true }, before],
      [`n${index}`, 'shape.window', { orderBy: [{ column: 'O_ORDERKEY' }], functions: [rank] }, before],
      [`n${index}`, 'shape.sort', { by: [{ column: 'O_ORDERDATE' }] }, before],
      [`n${index}`, 'shape.sql', { inputs: ['rows_in'], sql: 'SELECT * FROM rows_in' }, `${before}>rows_in`],
    ];
    return kinds[index % kinds.length] ?? [`n${index}`, 'shape.distinct', {}, before];
  });
  return [tpch('orders', 'ORDERS'), ...chain, ['out', 'output.result', { name: 'R' }, `n${NODES - 3}`]];
}

/** Validation of 300 nodes, all that is to be known being known: in a browser, and in the service, which also parses the SQL. */
export async function run(): Promise<Row[]> {
  const document = draw(...drawn());
  const tables = tpchKnowledge(document);
  const knowledge = new Map<string, Knowledge>(tables);
  const parser = await PolyglotSqlParser.create();
  for (const { id, type } of document.nodes) {
    if (type !== 'shape.sql') continue;
    const columns = validate(document, knowledge).graph?.nodes.get(id)?.inputColumns['rows_in']?.[0] ?? [];
    knowledge.set(id, { state: 'found', columns });
  }
  if (!validate(document, knowledge, { parser }).valid) throw new Error('The workflow of the benchmark is not valid');
  const options = { count: 60, concurrency: 1, warmUp: 10 };
  const inBrowser = await measure(async () => void validate(document, knowledge), options);
  const inService = await measure(async () => void validate(document, knowledge, { parser }), options);
  const anew = await measure(
    async () => void validate(document, knowledge, { parser: await PolyglotSqlParser.create() }),
    { ...options, count: 20, warmUp: 2 },
  );
  const row = (what: string, { p50Ms }: { p50Ms: number }): Row => ({
    what,
    value: `p50 ${p50Ms.toFixed(1)} ms`,
    compared: `${(p50Ms / GOAL_MS).toFixed(2)} of the goal of ${GOAL_MS} ms`,
  });
  return [
    row(`${NODES} nodes, as in the browser`, inBrowser),
    row('the same with SQL parsed, as in the service', inService),
    row('the same with a parser that remembers nothing', anew),
  ];
}
