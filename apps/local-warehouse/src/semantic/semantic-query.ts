import type { SemanticMetric, SemanticModel, SemanticTable } from '@snowflow/contracts/semantic/semantic-model';
import { dimensionsOf, sameName, tableNamed } from '@snowflow/contracts/semantic/semantic-names';
import { identifier } from '../engine/quote';
import type { SemanticItem, SemanticRequest } from '../parser/query-tree';
import { semanticError } from './semantic-error';
import { rewrite, SemanticNames, type Expanded } from './semantic-expression';
import { joinsFrom, rootOf } from './semantic-paths';

/** A metric of a table, which its own rows give. */
interface BaseMetric {
  table: SemanticTable;
  metric: SemanticMetric;
}

/** A column of the answer: a dimension or a fact by its place, or an expression over base metrics. */
interface Output {
  name: string;
  sql: string;
}

/** A query over the tables of a semantic view. Each metric is computed over the rows of its own table, then they are put together. */
export class SemanticQuery {
  private readonly values: Expanded[] = [];
  private readonly metrics: BaseMetric[] = [];
  private readonly outputs: Output[] = [];
  private readonly where: Expanded | undefined;

  constructor(
    private readonly names: SemanticNames,
    request: SemanticRequest,
  ) {
    const items = request.items.flatMap((item) => this.withoutStar(item));
    if (items.length === 0) throw semanticError('ask at least one dimension or metric');
    const hasFacts = items.some(({ kind }) => kind === 'FACTS');
    if (hasFacts && items.some(({ kind }) => kind === 'METRICS'))
      throw semanticError('FACTS and METRICS can’t be asked together');
    for (const item of items) this.outputs.push(item.kind === 'METRICS' ? this.measured(item) : this.valued(item));
    this.where = request.where === undefined ? undefined : this.names.expand(request.where, undefined);
    this.rowLevel = hasFacts;
  }

  private readonly rowLevel: boolean;

  private get model(): SemanticModel {
    return this.names.model;
  }

  sql(): string {
    const groups = [...new Set(this.metrics.map(({ table }) => table))];
    const list = this.outputs.map(({ name, sql }) => `${sql} AS ${identifier(name)}`).join(', ');
    return `SELECT ${list} FROM (${this.inner(groups)}) "m"`;
  }

  /** One row for each combination of the dimensions. */
  private inner(groups: readonly SemanticTable[]): string {
    const [first] = groups;
    if (!first) return this.listing();
    if (groups.length === 1) return this.grouped(first);
    const values = this.values.map((_, index) => `"d${index}"`);
    const list = [...values, ...this.metrics.map((_, index) => `MAX("m${index}") AS "m${index}"`)].join(', ');
    const united = groups.map((table) => this.grouped(table)).join(' UNION ALL ');
    return `SELECT ${list} FROM (${united}) "u"${values.length > 0 ? ` GROUP BY ${values.join(', ')}` : ''}`;
  }

  /** The metrics of one table by the dimensions; those of others are NULL. */
  private grouped(table: SemanticTable): string {
    const metrics = this.metrics.map(({ table: home, metric }) =>
      home === table ? this.names.expand(metric.expr, table, { metrics: true }) : undefined,
    );
    const list = [
      ...this.values.map(({ sql }, index) => `${sql} AS "d${index}"`),
      ...metrics.map((metric, index) => `${metric?.sql ?? 'NULL'} AS "m${index}"`),
    ];
    const parts = metrics.flatMap((metric) => metric ?? []);
    const group = this.values.length > 0 ? ` GROUP BY ${this.values.map(({ sql }) => `(${sql})`).join(', ')}` : '';
    return `SELECT ${list.join(', ')}${this.from(table, parts)}${group}`;
  }

  /** Dimensions alone: each combination once. Facts: row by row. */
  private listing(): string {
    const tables = [...new Set(this.parts([]).flatMap(({ tables: of }) => [...of]))];
    if (tables.length === 0) throw semanticError('nothing that is asked belongs to a table');
    const list = this.values.map(({ sql }, index) => `${sql} AS "d${index}"`).join(', ');
    return `SELECT ${this.rowLevel ? '' : 'DISTINCT '}${list}${this.from(rootOf(this.model, tables), [])}`;
  }

  private parts(more: readonly Expanded[]): Expanded[] {
    return [...this.values, ...more, ...(this.where ? [this.where] : [])];
  }

  private from(root: SemanticTable, more: readonly Expanded[]): string {
    const tables = new Set(this.parts(more).flatMap(({ tables: of }) => [...of]));
    const joins = joinsFrom(this.model, root, tables).map(
      ({ left_table: left, right_table: right, relationship_columns: on }) => {
        const [from, to] = [tableNamed(this.model, left), tableNamed(this.model, right)];
        if (!from || !to) throw semanticError(`a relationship names ${left} or ${right}, which is no table of it`);
        const pairs = on.map(
          (pair) =>
            `${this.names.expand(pair.left_column, from).sql} = ${this.names.expand(pair.right_column, to).sql}`,
        );
        return ` LEFT JOIN ${source(to)} ON ${pairs.join(' AND ')}`;
      },
    );
    return ` FROM ${source(root)}${joins.join('')}${this.where ? ` WHERE ${this.where.sql}` : ''}`;
  }

  private valued({ text, alias, kind }: SemanticItem): Output {
    const value = this.names.expand(text, undefined);
    if (value.tables.size === 0)
      throw semanticError(`${text} is no ${kind === 'FACTS' ? 'fact' : 'dimension'} of ${this.model.name}`);
    this.values.push(value);
    return { name: alias?.text ?? lastName(text), sql: `"d${this.values.length - 1}"` };
  }

  private measured({ text, alias }: SemanticItem): Output {
    const known = this.metrics.length;
    const sql = this.overMetrics(text, []);
    if (this.metrics.length === known && !sql.includes('"m'))
      throw semanticError(`${text} is no metric of ${this.model.name}`);
    return { name: alias?.text ?? lastName(text), sql };
  }

  /** An expression over metrics; a derived one stands for its own expression. */
  private overMetrics(text: string, within: readonly string[]): string {
    return rewrite(text, (parts) => {
      const [name = '', qualifier] = [...parts].reverse();
      const derived =
        qualifier === undefined ? this.model.metrics?.find((metric) => sameName(metric.name, name)) : undefined;
      if (derived) {
        if (within.includes(derived.name)) throw semanticError(`${derived.name} is defined by itself`);
        return `(${this.overMetrics(derived.expr, [...within, derived.name])})`;
      }
      const found = this.metricsNamed(name, qualifier);
      if (found.length > 1) {
        throw semanticError(
          `${name} is ambiguous: write ${found.map(({ table }) => `${table.name}.${name}`).join(' or ')}`,
        );
      }
      return found[0] && `"m${this.placeOf(found[0])}"`;
    });
  }

  private metricsNamed(name: string, qualifier: string | undefined): BaseMetric[] {
    return this.model.tables.flatMap((table) =>
      (table.metrics ?? []).flatMap((metric) =>
        sameName(metric.name, name) && (qualifier === undefined || sameName(table.name, qualifier))
          ? [{ table, metric }]
          : [],
      ),
    );
  }

  private placeOf({ table, metric }: BaseMetric): number {
    const known = this.metrics.findIndex((base) => base.metric === metric);
    return known >= 0 ? known : this.metrics.push({ table, metric }) - 1;
  }

  /** `orders.*` is all that the table has of the kind. */
  private withoutStar(item: SemanticItem): SemanticItem[] {
    const [, quoted, plain] = /^(?:"((?:[^"]|"")+)"|(\w+))\s*\.\s*\*$/.exec(item.text) ?? [];
    const name = quoted ?? plain;
    if (name === undefined) return [item];
    const table = tableNamed(this.model, name);
    if (!table) throw semanticError(`${name} is no table of ${this.model.name}`);
    const all = { DIMENSIONS: dimensionsOf(table), METRICS: table.metrics ?? [], FACTS: table.facts ?? [] }[item.kind];
    return all.map((part) => ({ ...item, text: `${identifier(table.name)}.${identifier(part.name)}` }));
  }
}

const source = ({ base_table: { database, schema, table }, name }: SemanticTable) =>
  `${[database, schema, table].map(identifier).join('.')} AS ${identifier(name)}`;

/** What a column is called where it got no other name: the last part of a name, or the expression itself. */
function lastName(text: string): string {
  const [, quoted, plain] = /(?:^|\.)\s*(?:"((?:[^"]|"")+)"|([A-Za-z_][\w$]*))$/.exec(text) ?? [];
  if (quoted !== undefined && /^["\w.$\s]+$/.test(text)) return quoted.replaceAll('""', '"');
  return plain !== undefined && /^["\w.$\s]+$/.test(text) ? plain.toUpperCase() : text;
}
