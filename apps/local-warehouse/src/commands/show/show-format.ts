import type { TableEntry } from '../../catalog/catalog-entries';
import { statementTypes } from '../../results/result';
import type { ShowOptions } from '../../parser/statement-tree';
import type { CompiledStatement } from '../../sql/compiled-statement';
import { likePattern } from '../../sql/like-pattern';
import { rowsRelation, type PlainColumn } from '../../sql/rows-relation';
import { runReady } from '../run-query';

/** SHOW's rows: filtered by name, sorted, cut. */
export function selected<Row>(rows: readonly Row[], name: (row: Row) => string, options: ShowOptions): Row[] {
  const { like, startsWith, limit } = options;
  const pattern = like === undefined ? undefined : likePattern(like, 'i');
  const matching = rows.filter(
    (row) =>
      (pattern?.test(name(row)) ?? true) &&
      (startsWith === undefined || name(row).startsWith(startsWith)) &&
      (limit?.from === undefined || name(row) > limit.from),
  );
  return matching.slice(0, limit?.rows ?? 10_000);
}

/** A statement that lists what this process knows; it needs no warehouse. */
export function listCommand<Row>(
  rows: readonly Row[],
  columns: readonly PlainColumn<Row>[],
  statementTypeId: number = statementTypes.show,
): CompiledStatement {
  const relation = rowsRelation(rows, columns);
  return {
    columns: relation.columns,
    statementTypeId,
    run: (statement) =>
      runReady(
        { ...relation, binds: [], tables: new Set<TableEntry>(), waitMs: 0, preparations: [] },
        statement,
        statementTypeId,
      ),
  };
}
