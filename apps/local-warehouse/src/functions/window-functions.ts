import { arithmetic } from '../sql/arithmetic';
import { castTo, commonType } from '../sql/coercion';
import { fixed, real } from '../sql/snowflake-type';
import type { Compiled, FunctionCall } from './function-call';
import { window, type FunctionTable } from './function-definition';

const ranking = (duckdb: string) =>
  window(0, 0, (call) => ({
    sql: `CAST(${duckdb}()${call.over} AS DECIMAL(18,0))`,
    type: fixed(18, 0),
    nullable: false,
  }));
const share = (duckdb: string) =>
  window(0, 0, (call) => ({ sql: `${duckdb}()${call.over}`, type: real, nullable: false }));

const nulls = (call: FunctionCall) => (call.tree.ignoreNulls ? ' IGNORE NULLS' : '');

const neighbour = (duckdb: 'lag' | 'lead') =>
  window(1, 3, (call): Compiled => {
    const value = call.arg(0);
    const type = call.has(2) ? commonType([value, call.arg(2)], call.at) : value.type;
    const fallback = call.has(2) ? `, ${castTo(call.arg(2), type).sql}` : '';
    const distance = call.has(1) ? call.integer(1) : '1';
    return {
      sql: `${duckdb}(${castTo(value, type).sql}, ${distance}${fallback}${nulls(call)})${call.over}`,
      type,
      nullable: true,
    };
  });

const edge = (duckdb: string) =>
  window(1, 1, (call) => {
    const { sql, type } = call.arg(0);
    return { sql: `${duckdb}(${sql}${nulls(call)})${call.over}`, type, nullable: true };
  });

/** Counts, up to each row, how often something was true. */
const eventCount = (condition: (call: FunctionCall) => string) =>
  window(1, 1, (call) => ({
    sql: `CAST(coalesce(${condition(call)}, 0) AS DECIMAL(18,0))`,
    type: fixed(18, 0),
    nullable: false,
  }));

export const windowFunctions: FunctionTable = {
  ROW_NUMBER: ranking('row_number'),
  RANK: ranking('rank'),
  DENSE_RANK: ranking('dense_rank'),
  PERCENT_RANK: share('percent_rank'),
  CUME_DIST: share('cume_dist'),
  NTILE: window(1, 1, (call) => ({
    sql: `CAST(ntile(${call.integer(0)})${call.over} AS DECIMAL(18,0))`,
    type: fixed(18, 0),
    nullable: false,
  })),
  LAG: neighbour('lag'),
  LEAD: neighbour('lead'),
  FIRST_VALUE: edge('first_value'),
  LAST_VALUE: edge('last_value'),
  NTH_VALUE: window(2, 2, (call) => {
    const { sql, type } = call.arg(0);
    return { sql: `nth_value(${sql}, ${call.integer(1)}${nulls(call)})${call.over}`, type, nullable: true };
  }),
  RATIO_TO_REPORT: window(1, 1, (call) => {
    const value = call.number(0);
    const total = `nullif(sum(${value.sql})${call.over}, 0)`;
    const type = value.type.kind === 'fixed' ? fixed(38, value.type.scale) : real;
    return arithmetic('/', value, { sql: total, type, nullable: true, at: call.at }, call.at);
  }),
  CONDITIONAL_TRUE_EVENT: eventCount((call) => `sum(CASE WHEN ${call.boolean(0)} THEN 1 ELSE 0 END)${call.over}`),
};
