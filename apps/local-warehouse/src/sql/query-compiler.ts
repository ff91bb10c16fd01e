import type { Cte, Query, QueryBody } from '../parser/query-tree';
import { orderSql } from '../functions/window-clause';
import { typeError, unsupported, WarehouseError } from '../statements/warehouse-error';
import { castTo, commonType } from './coercion';
import type { CompileContext } from './compile-context';
import { CteScope, Environment, type CompiledQuery, type Compilers } from './environment';
import { renamed } from './derived-source';
import { orderByAll, ordinal } from './order-by';
import { compileSource } from './source-compiler';
import { compileExpression } from './expression-compiler';
import { compileRecursiveCte } from './recursive-cte';
import { Scope } from './scope';
import { compileSelect } from './select-compiler';
import { compileValues } from './values-compiler';
import type { ResultColumn } from './snowflake-type';

/** Compiles the queries of one statement. */
export class QueryCompiler {
  constructor(private readonly context: CompileContext) {}

  environment(scope: Scope, ctes: CteScope): Environment {
    return new Environment(this.context, scope, ctes, compilers);
  }

  query(query: Query, outer: Scope | undefined = undefined, outerCtes = new CteScope()): CompiledQuery {
    const ctes = new CteScope(outerCtes);
    const definitions = query.ctes.map((cte) => this.cte(cte, query.recursive, outer, ctes));
    const body = this.body(query.body, outer, ctes, query);
    const keyword = definitions.some(({ recursive }) => recursive) ? 'WITH RECURSIVE' : 'WITH';
    const prefix = definitions.length > 0 ? `${keyword} ${definitions.map(({ sql }) => sql).join(', ')} ` : '';
    const limit = this.limit(query, outer, ctes);
    return { sql: `${prefix}${body.sql}${limit}`, columns: body.columns };
  }

  private cte(
    cte: Cte,
    mayRecur: boolean,
    outer: Scope | undefined,
    ctes: CteScope,
  ): { sql: string; recursive: boolean } {
    const alias = `cte_${this.context.newAlias()}`;
    if (mayRecur || refersToItself(cte)) {
      const recursive = compileRecursiveCte(cte, alias, outer, ctes, (query, scope, inner) =>
        this.query(query, scope, inner),
      );
      if (recursive) {
        ctes.add(cte.name.text, { alias, columns: recursive.columns });
        return { sql: recursive.sql, recursive: true };
      }
    }
    const compiled = this.query(cte.query, outer, ctes);
    ctes.add(cte.name.text, {
      alias,
      columns: renamed(
        compiled.columns,
        cte.columns.map(({ text }) => text),
      ),
    });
    return { sql: `${alias} AS (${compiled.sql})`, recursive: false };
  }

  /** A body with its ORDER BY; where it has one, the query's clauses belong to it. */
  private body(body: QueryBody, outer: Scope | undefined, ctes: CteScope, query: Query): CompiledQuery {
    if (body.t === 'select') {
      return compileSelect(body, query, this.environment(new Scope(outer), ctes), outer);
    }
    const compiled = this.unordered(body, outer, ctes);
    const order = this.orderOfColumns(query, compiled.columns, outer, ctes);
    return order ? { ...compiled, sql: `SELECT * FROM (${compiled.sql}) ${order}` } : compiled;
  }

  private unordered(body: QueryBody, outer: Scope | undefined, ctes: CteScope): CompiledQuery {
    switch (body.t) {
      case 'select':
        return compileSelect(body, noOrder, this.environment(new Scope(outer), ctes), outer);
      case 'nested':
        return this.query(body.query, outer, ctes);
      case 'values':
        return compileValues(body, this.environment(new Scope(outer), ctes));
      case 'set':
        return this.setOperation(body, outer, ctes);
    }
  }

  private setOperation(
    body: Extract<QueryBody, { t: 'set' }>,
    outer: Scope | undefined,
    ctes: CteScope,
  ): CompiledQuery {
    if (body.byName) throw unsupported('UNION BY NAME', body.at);
    const left = this.unordered(body.left, outer, ctes);
    const right = this.unordered(body.right, outer, ctes);
    if (left.columns.length !== right.columns.length) {
      throw new WarehouseError(
        '001789',
        '42601',
        `SQL compilation error: error line ${body.at.line} at position ${body.at.pos}\ninvalid number of result columns for set operator input branches, expected ${left.columns.length}, got ${right.columns.length} in branch 2`,
        body.at,
      );
    }
    const columns = left.columns.map((column, index): ResultColumn => {
      const other = right.columns[index] ?? column;
      const [a, b] = [cell(column, index, body.at), cell(other, index, body.at)];
      return {
        name: column.name,
        type: commonType([a, b], body.at),
        nullable: column.nullable || other.nullable,
        untyped: column.untyped && other.untyped,
      };
    });
    const branch = (side: CompiledQuery) => {
      const cells = columns.map(({ type }, index) => {
        const from = side.columns[index];
        const value = from ? castTo(cell(from, index, body.at), type).sql : '';
        return `${value} AS c${index}`;
      });
      return `SELECT ${cells.join(', ')} FROM (${side.sql}) q`;
    };
    const operator = `${body.operator}${body.all ? ' ALL' : ''}`;
    return { sql: `(${branch(left)}) ${operator} (${branch(right)})`, columns };
  }

  /** ORDER BY over the columns of a set operation. */
  private orderOfColumns(
    query: Query,
    columns: readonly ResultColumn[],
    outer: Scope | undefined,
    ctes: CteScope,
  ): string {
    if (query.orderByAll) return orderByAll(columns.length, query.orderByAll.descending);
    if (query.orderBy.length === 0) return '';
    const scope = new Scope(outer);
    scope.relations.push({ names: [], columns: columns.map((column, index) => ({ ...column, sql: `c${index}` })) });
    const env = this.environment(scope, ctes);
    const items = query.orderBy.map((item) => {
      const position = ordinal(item.expression, columns.length);
      return orderSql(position === undefined ? env.expression(item.expression).sql : `c${position}`, item);
    });
    return `ORDER BY ${items.join(', ')}`;
  }

  private limit(query: Query, outer: Scope | undefined, ctes: CteScope): string {
    const env = this.environment(new Scope(outer), ctes);
    const count = (tree: Query['limit']) => {
      if (!tree || tree.t === 'null') return undefined;
      const value = env.expression(tree);
      if (typeof value.literal !== 'number' || !Number.isInteger(value.literal) || value.literal < 0) {
        throw typeError('Invalid row count in LIMIT or OFFSET: a whole number was expected', tree.at);
      }
      return value.literal;
    };
    const [limit, offset] = [count(query.limit), count(query.offset)];
    return `${limit === undefined ? '' : ` LIMIT ${limit}`}${offset === undefined ? '' : ` OFFSET ${offset}`}`;
  }
}

const compilers: Compilers = {
  expression: compileExpression,
  source: compileSource,
  query: (query, outer, ctes, context) => new QueryCompiler(context).query(query, outer, ctes),
};

const noOrder = { orderBy: [], orderByAll: undefined };

const cell = ({ type, nullable, untyped }: ResultColumn, index: number, at: { line: number; pos: number }) => ({
  sql: `q.c${index}`,
  type,
  nullable,
  isNull: untyped,
  at,
});

function refersToItself({ name, query }: Cte): boolean {
  return query.body.t === 'set' && JSON.stringify(query.body.right).includes(`"text":${JSON.stringify(name.text)}`);
}
