import type { Query } from '../parser/query-tree';
import type { CompileContext } from './compile-context';
import type { Scope } from './scope';
import type { ResultColumn } from './snowflake-type';

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

/** Everything an expression is read with. */
export interface Environment {
  context: CompileContext;
  scope: Scope;
  ctes: CteScope;
  compileQuery(query: Query, outer: Scope | undefined, ctes: CteScope): CompiledQuery;
}
