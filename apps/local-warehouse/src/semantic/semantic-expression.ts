import type { SemanticModel, SemanticTable } from '@snowflow/contracts/semantic/semantic-model';
import { dimensionsOf, sameName, tableNamed } from '@snowflow/contracts/semantic/semantic-names';
import { identifier } from '../engine/quote';
import type { Token } from '../parser/token';
import { tokenize } from '../parser/tokenize';
import { semanticError } from './semantic-error';

/** An expression over the columns of tables, each called by its name in the model, and which tables those are. */
export interface Expanded {
  sql: string;
  tables: ReadonlySet<string>;
}

/** A name in an expression: its parts, upper-cased unless quoted, and where it stands. */
interface Mention {
  parts: string[];
  from: number;
  to: number;
}

type Replace = (parts: readonly string[]) => string | undefined;

/** The names in an expression that may be columns: no functions, types, literals or paths into a value. */
function mentionsIn(tokens: readonly Token[]): Mention[] {
  const isName = (token: Token | undefined) => token?.kind === 'word' || token?.kind === 'quoted';
  const found: Mention[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const first = tokens[index];
    if (!first || !isName(first)) continue;
    const before = tokens[index - 1];
    const parts = [first.text];
    let last = first;
    while (tokens[index + 1]?.text === '.' && isName(tokens[index + 2])) {
      last = tokens[index + 2] ?? last;
      parts.push(last.text);
      index += 2;
    }
    const after = tokens[index + 1];
    const stays =
      before?.text === '::' ||
      before?.text === ':' ||
      before?.text === '.' ||
      after?.text === '(' ||
      after?.text === '=>';
    const isPrefix = first.kind === 'word' && parts.length === 1 && after?.kind === 'string';
    if (!stays && !isPrefix) found.push({ parts, from: first.start, to: last.end });
  }
  return found;
}

/** An expression with some of its names written otherwise. */
export function rewrite(text: string, replace: Replace): string {
  let result = text;
  for (const { parts, from, to } of mentionsIn(tokenize(text)).reverse()) {
    const written = replace(parts);
    if (written !== undefined) result = result.slice(0, from) + written + result.slice(to);
  }
  return result;
}

/** Writes the names of a model as what they are defined as, down to columns. */
export class SemanticNames {
  constructor(
    readonly model: SemanticModel,
    /** The names of the columns that a table of the model has. */
    private readonly columnsOf: (table: SemanticTable) => readonly string[],
  ) {}

  /** An expression of a table, or of none: then its names are dimensions and facts of any. `metrics`: the table's may stand in it. */
  expand(
    text: string,
    home: SemanticTable | undefined,
    { metrics = false } = {},
    within: readonly string[] = [],
  ): Expanded {
    const tables = new Set<string>(home && within.length === 0 ? [home.name] : []);
    const sql = rewrite(text, (parts) => {
      const found = this.resolve(parts, home, metrics, within);
      for (const table of found?.tables ?? []) tables.add(table);
      return found?.sql;
    });
    return { sql, tables };
  }

  private resolve(
    parts: readonly string[],
    home: SemanticTable | undefined,
    metrics: boolean,
    within: readonly string[],
  ): Expanded | undefined {
    if (parts.length > 2) return undefined;
    const [first = '', second] = parts;
    if (second !== undefined) {
      const table = tableNamed(this.model, first);
      if (!table) return undefined;
      const found = this.inTable(second, table, metrics && table === home, home !== undefined, within);
      if (!found)
        throw semanticError(
          `${first}.${second} is no ${home ? 'column, fact' : 'fact'} or dimension of ${this.model.name}`,
        );
      return found;
    }
    if (home) return this.inTable(first, home, metrics, true, within);
    return this.anywhere(first, within);
  }

  /** A name without its table: fine where just one table has it. */
  private anywhere(name: string, within: readonly string[]): Expanded | undefined {
    const found = this.model.tables.flatMap((table) => {
      const expanded = this.inTable(name, table, false, false, within);
      return expanded ? [{ table, expanded }] : [];
    });
    if (found.length > 1) {
      throw semanticError(
        `${name} is ambiguous: write ${found.map(({ table }) => `${table.name}.${name}`).join(' or ')}`,
      );
    }
    return found[0]?.expanded;
  }

  private inTable(
    name: string,
    table: SemanticTable,
    metrics: boolean,
    columns: boolean,
    within: readonly string[],
  ): Expanded | undefined {
    const key = `${table.name}.${name}`.toUpperCase();
    const column = columns ? this.columnsOf(table).find((candidate) => candidate === name) : undefined;
    const parts = [...dimensionsOf(table), ...(table.facts ?? []), ...(metrics ? (table.metrics ?? []) : [])];
    const part = parts.find((candidate) => sameName(candidate.name, name));
    if (part && !within.includes(key)) {
      const inner = this.expand(part.expr, table, { metrics }, [...within, key]);
      return { sql: `(${inner.sql})`, tables: new Set([table.name, ...inner.tables]) };
    }
    if (column !== undefined) {
      return { sql: `${identifier(table.name)}.${identifier(column)}`, tables: new Set([table.name]) };
    }
    if (part) throw semanticError(`${key} is defined by itself`);
    return undefined;
  }
}
