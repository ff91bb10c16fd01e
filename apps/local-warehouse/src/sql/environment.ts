import type { Expression } from '../parser/expression-tree';
import type { FromItem, Query } from '../parser/query-tree';
import { castTo } from './coercion';
import type { CompileContext } from './compile-context';
import type { Scope } from './scope';
import { boolean, type ResultColumn } from './snowflake-type';
import type { Typed } from './typed';

/** A query as DuckDB runs it. Its columns are called c0, c1, … there, whatever their Snowflake names are. */
export interface CompiledQuery {
  sql: string;
  columns: ResultColumn[];
}

export interface CteBinding {
  /** DuckDB's name of it. */
  alias: string;
  columns: readonly ResultColumn[];
}

/** The named queries that are known at a place, from the innermost WITH outwards. */
export class CteScope {
  private readonly bindings = new Map<string, CteBinding>();

  constructor(private readonly parent?: CteScope) {}

  add(name: string, binding: CteBinding): void {
    this.bindings.set(name, binding);
  }

  find(name: string): CteBinding | undefined {
    return this.bindings.get(name) ?? this.parent?.find(name);
  }
}

/** The compilers of expressions, queries and sources: each needs the others, and finds them here. */
export interface Compilers {
  expression(tree: Expression, env: Environment): Typed;
  source(item: FromItem, env: Environment, outer: Scope | undefined): string;
  query(query: Query, outer: Scope | undefined, ctes: CteScope, context: CompileContext): CompiledQuery;
}

/** Everything that a part of a statement is read with. */
export class Environment {
  constructor(
    readonly context: CompileContext,
    readonly scope: Scope,
    readonly ctes: CteScope,
    private readonly compilers: Compilers,
  ) {}

  expression(tree: Expression): Typed {
    return this.compilers.expression(tree, this);
  }

  /** An expression that is used as a condition. */
  condition(tree: Expression): Typed {
    return castTo(this.expression(tree), boolean);
  }

  /** What stands in FROM; the relations it brings are added to the scope. */
  source(item: FromItem, outer: Scope | undefined): string {
    return this.compilers.source(item, this, outer);
  }

  query(query: Query, outer: Scope | undefined): CompiledQuery {
    return this.compilers.query(query, outer, this.ctes, this.context);
  }

  /** A query that knows nothing of this place, such as a view's. */
  queryIn(context: CompileContext, query: Query): CompiledQuery {
    return this.compilers.query(query, undefined, new CteScope(), context);
  }

  within(scope: Scope): Environment {
    return new Environment(this.context, scope, this.ctes, this.compilers);
  }
}
