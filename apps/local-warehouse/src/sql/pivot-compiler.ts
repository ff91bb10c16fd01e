import { callFunction } from '../functions/call-function';
import type { Expression } from '../parser/expression-tree';
import type { FromItem } from '../parser/query-tree';
import { unsupported } from '../statements/warehouse-error';
import { text as quoted } from '../engine/quote';
import { castTo, commonType } from './coercion';
import type { Environment } from './environment';
import { Scope } from './scope';
import { derived } from './derived-source';
import { text, type ResultColumn } from './snowflake-type';

type Pivot = Extract<FromItem, { t: 'pivot' }>;
type Unpivot = Extract<FromItem, { t: 'unpivot' }>;

/** Compiles the source by itself: PIVOT and UNPIVOT see nothing but it. */
function ownSource(item: FromItem, env: Environment, outer: Scope | undefined): { sql: string; inner: Environment } {
  const inner = env.within(new Scope(outer));
  return { sql: inner.source(item, outer), inner };
}

/** PIVOT as grouping: one aggregate for each value, over the rows that have it. */
export function compilePivot(pivot: Pivot, env: Environment, outer: Scope | undefined): string {
  const { sql: source, inner } = ownSource(pivot.source, env, outer);
  const [measured] = pivot.aggregate.args;
  if (!measured || pivot.aggregate.args.length !== 1) throw unsupported('PIVOT with this aggregate', pivot.at);
  const key = inner.expression(pivot.column);
  const used = new Set([key.sql, inner.expression(measured).sql]);
  const kept = inner.scope.visibleColumns().filter(({ sql }) => !used.has(sql));
  const cells = pivot.values.map(({ value, alias }) => {
    const wanted = inner.expression(value);
    const name = alias?.text ?? (value.t === 'string' ? `'${value.value}'` : String(wanted.literal ?? ''));
    return { name, ...callFunction(onlyWhere(pivot, measured, value), inner) };
  });
  const columns: ResultColumn[] = [...kept, ...cells].map(({ name, type, nullable }) => ({ name, type, nullable }));
  const list = [...kept, ...cells].map(({ sql }, index) => `${sql} AS c${index}`);
  const groups = kept.length > 0 ? ` GROUP BY ${kept.map(({ sql }) => sql).join(', ')}` : '';
  return derived(`SELECT ${list.join(', ')} FROM ${source}${groups}`, columns, pivot.alias, env);
}

/** `SUM(amount)` as `SUM(CASE WHEN month = 'JAN' THEN amount END)`. */
function onlyWhere(pivot: Pivot, measured: Expression, value: Expression) {
  const { at } = pivot;
  const when: Expression = { t: 'binary', operator: '=', left: pivot.column, right: value, at };
  const argument: Expression = {
    t: 'case',
    operand: undefined,
    whens: [{ when, then: measured }],
    otherwise: undefined,
    at,
  };
  return { ...pivot.aggregate, args: [argument] };
}

/** UNPIVOT as a union: one branch for each column. */
export function compileUnpivot(unpivot: Unpivot, env: Environment, outer: Scope | undefined): string {
  const { sql: source, inner } = ownSource(unpivot.source, env, outer);
  const turned = unpivot.columns.map(({ column, alias }) => ({
    label: alias?.text ?? column.text,
    value: inner.expression({ t: 'column', parts: [column], at: column.at }),
  }));
  const type = commonType(
    turned.map(({ value }) => value),
    unpivot.at,
  );
  const used = new Set(turned.map(({ value }) => value.sql));
  const kept = inner.scope.visibleColumns().filter(({ sql }) => !used.has(sql));
  const rows = turned.map(({ label, value }) => `{'n': ${quoted(label)}, 'v': ${castTo(value, type).sql}}`);
  const list = kept.map(({ sql }, index) => `${sql} AS c${index}`);
  const width = kept.length;
  const unnested = `SELECT ${[...list, `unnest([${rows.join(', ')}]) AS e`].join(', ')} FROM ${source}`;
  const outerList = [...kept.map((_, index) => `c${index}`), `e.n AS c${width}`, `e.v AS c${width + 1}`];
  const present = unpivot.includeNulls ? '' : ' WHERE e.v IS NOT NULL';
  const columns: ResultColumn[] = [
    ...kept.map(({ name, type: own, nullable }) => ({ name, type: own, nullable })),
    { name: unpivot.name.text, type: text, nullable: false },
    { name: unpivot.value.text, type, nullable: true },
  ];
  return derived(`SELECT ${outerList.join(', ')} FROM (${unnested})${present}`, columns, unpivot.alias, env);
}
