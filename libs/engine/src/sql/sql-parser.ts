import type { QueryInput, QueryLineage } from '@snowflow/nodes/kit/lineage';
import type { SqlObjects } from './sql-objects';
import type { Columns, NodeProblem } from '@snowflow/nodes/kit/node-definition';
import type { KnownTable } from './trace/query-lineage';

/** What a parser holds against a text; the engine adds node and path. */
export type SqlFinding = Pick<NodeProblem, 'code' | 'message' | 'suggestion'>;

/**
 * A real parser of Snowflake SQL, which only the workflow service has: a browser validates without it. Every text comes
 * with `?` where a value stands, and has passed the word-by-word checks of the node kit.
 */
export abstract class SqlParser {
  /** One SELECT or WITH … SELECT. */
  abstract checkQuery(sql: string): readonly SqlFinding[];

  /** One scalar expression over these columns, or one over all rows of them. */
  abstract checkExpression(
    sql: string,
    over: { columns: Columns; kind: 'scalar' | 'aggregate' },
  ): readonly SqlFinding[];

  /** Where the columns of a SELECT come from: of inputs by name, or of tables. */
  abstract lineageOf(sql: string, inputs: ReadonlyMap<string, QueryInput>, known: KnownTable): QueryLineage;

  /** What a statement names; undefined where it can't be read. */
  abstract objectsIn(sql: string): SqlObjects | undefined;
}
