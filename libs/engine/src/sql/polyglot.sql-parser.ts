import { Dialect, init, parse } from '@polyglot-sql/sdk';
import type { QueryInput, QueryLineage } from '@snowflow/nodes/kit/lineage';
import type { Columns } from '@snowflow/nodes/kit/node-definition';
import { expressionFindings } from './expression-findings';
import { objectsIn, type SqlObjects } from './sql-objects';
import { queryFindings } from './query-findings';
import { SqlFinding, SqlParser } from './sql-parser';
import { readTree, SqlTree } from './sql-tree';
import { KnownTable, queryLineage, unreadLineage } from './trace/query-lineage';

/** Texts remembered: while a person edits, the same ones are checked again and again. */
const REMEMBERED = 2_000;
const REMEMBERED_LENGTH = 5_000;

/** Parses with polyglot-sql (WebAssembly). */
export class PolyglotSqlParser extends SqlParser {
  private readonly parsed = new Map<string, SqlTree[] | string>();

  private constructor() {
    super();
  }

  /** Loads the parser; once per process is enough. */
  static async create(): Promise<PolyglotSqlParser> {
    await init();
    return new PolyglotSqlParser();
  }

  override checkQuery(sql: string): readonly SqlFinding[] {
    return this.check(sql, queryFindings);
  }

  override checkExpression(
    sql: string,
    over: { columns: Columns; kind: 'scalar' | 'aggregate' },
  ): readonly SqlFinding[] {
    return this.check(`SELECT ${sql}`, (statements) => expressionFindings(statements, over));
  }

  override lineageOf(sql: string, inputs: ReadonlyMap<string, QueryInput>, known: KnownTable): QueryLineage {
    const statements = this.statementsOf(sql);
    const [only] = typeof statements === 'string' ? [] : statements;
    if (!only || statements.length > 1) return unreadLineage('The SQL can’t be read');
    return queryLineage({ [only.kind]: only.members }, inputs, known);
  }

  override objectsIn(sql: string): SqlObjects | undefined {
    const statements = this.statementsOf(sql);
    return typeof statements === 'string' ? undefined : objectsIn(sql, statements);
  }

  private check(sql: string, find: (statements: SqlTree[]) => SqlFinding[]): SqlFinding[] {
    const statements = this.statementsOf(sql);
    return typeof statements === 'string' ? [{ code: 'INVALID_SQL', message: statements }] : find(statements);
  }

  private statementsOf(sql: string): SqlTree[] | string {
    const before = this.parsed.get(sql);
    if (before !== undefined) return before;
    const result = parse(sql, Dialect.Snowflake);
    const statements = result.success ? readTree(result.ast) : faultOf(result.error);
    if (this.parsed.size >= REMEMBERED) this.parsed.clear();
    if (sql.length <= REMEMBERED_LENGTH) this.parsed.set(sql, statements);
    return statements;
  }
}

/** The parser's sentence without its position, which counts from our own SELECT, and without the text around it. */
function faultOf(error: string | undefined): string {
  if (error?.includes('E_GUARD')) return 'It is too long or too deeply nested to be checked';
  const [, sentence] = /^Parse error at line \d+, column \d+: (.*?)(?: near \[|$)/s.exec(error ?? '') ?? [];
  return sentence === undefined ? 'It can’t be read as SQL' : `It can’t be read as SQL: ${sentence}`;
}
