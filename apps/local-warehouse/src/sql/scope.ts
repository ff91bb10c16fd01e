import type { Expression, Name } from '../parser/expression-tree';
import { compilationError, invalidIdentifier } from '../statements/warehouse-error';
import type { SnowflakeType } from './snowflake-type';

export interface ScopeColumn {
  name: string;
  sql: string;
  type: SnowflakeType;
  nullable: boolean;
  untyped?: boolean;
  /** One of two columns that USING made one: it answers only to its relation's name. */
  merged?: boolean;
}

export interface ScopeRelation {
  /** What it may be called by: an alias, or its names from the database down. */
  names: readonly string[];
  columns: readonly ScopeColumn[];
  /** SQL of a row number, where SEQ4() counts the rows this relation makes. */
  sequence?: string;
}

/** What the names of one SELECT mean. */
export class Scope {
  relations: ScopeRelation[] = [];
  /** Aliases of the SELECT list: Snowflake lets other clauses use them where no column has the name. */
  readonly aliases = new Map<string, Expression>();
  /** Aliases whose expression is being read: one that uses its own name means the column. */
  readonly expanding = new Set<string>();

  constructor(readonly parent: Scope | undefined) {}

  child(): Scope {
    return new Scope(this);
  }

  /** All columns a star stands for. */
  visibleColumns(qualifier: readonly Name[] = []): ScopeColumn[] {
    if (qualifier.length === 0) return this.relations.flatMap(({ columns }) => columns.filter(({ merged }) => !merged));
    const wanted = qualifier.map(({ text }) => text);
    const relation = this.relations.find(({ names }) => isCalled(names, wanted));
    if (!relation) throw invalidIdentifier(wanted.join('.'), qualifier[0]?.at);
    return [...relation.columns];
  }

  /** The column a name means here or in an enclosing query. */
  find(parts: readonly Name[]): ScopeColumn | undefined {
    return this.findHere(parts) ?? this.parent?.find(parts);
  }

  findHere(parts: readonly Name[]): ScopeColumn | undefined {
    const name = parts.at(-1);
    if (!name) return undefined;
    const qualifier = parts.slice(0, -1).map(({ text }) => text);
    const found = this.relations.flatMap(({ names, columns }) =>
      qualifier.length === 0 || isCalled(names, qualifier)
        ? columns.filter((column) => column.name === name.text && (qualifier.length > 0 || !column.merged))
        : [],
    );
    if (found.length > 1) throw compilationError('001104', `ambiguous column name '${name.text}'`, name.at);
    return found[0];
  }

  /** Row numbers of the relation that makes rows, for SEQ4() and its like. */
  findSequence(): string | undefined {
    return this.relations.find(({ sequence }) => sequence)?.sequence;
  }
}

/** Whether a relation answers to a qualifier: `t`, `s.t` and `d.s.t` all call the table d.s.t. */
const isCalled = (names: readonly string[], wanted: readonly string[]) =>
  wanted.length <= names.length && wanted.every((part, index) => names[names.length - wanted.length + index] === part);
