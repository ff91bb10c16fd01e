import type { SemanticModel, SemanticRelationship, SemanticTable } from '@snowflow/contracts/semantic/semantic-model';
import { holdKey, sameName, tableNamed } from '@snowflow/contracts/semantic/semantic-names';
import { semanticError } from './semantic-error';

/** Every way from a table along relationships, each of which meets at most one row: no row is ever counted twice. */
function waysTo(
  model: SemanticModel,
  from: string,
  to: string,
  passed: readonly string[] = [],
): SemanticRelationship[][] {
  if (sameName(from, to)) return [[]];
  const onward = (model.relationships ?? []).filter(
    ({ left_table: left, right_table: right }) =>
      sameName(left, from) && ![from, ...passed].some((table) => sameName(table, right)),
  );
  return onward.flatMap((step) =>
    waysTo(model, step.right_table, to, [from, ...passed]).map((rest) => [step, ...rest]),
  );
}

/** Whether each row of a table has exactly one place in another. */
export const reaches = (model: SemanticModel, from: string, to: string): boolean =>
  waysTo(model, from, to).length === 1;

/** The joins that bring some tables to the rows of one, each once and in an order that works. */
export function joinsFrom(model: SemanticModel, from: SemanticTable, tables: Iterable<string>): SemanticRelationship[] {
  const joins = new Set<SemanticRelationship>();
  for (const to of tables) {
    const ways = waysTo(model, from.name, to);
    const [way] = ways;
    if (!way) {
      throw semanticError(
        `${to} can't be asked of ${from.name}: no relationship leads from ${from.name} to one row of ${to}, so rows of ${from.name} would be counted more than once`,
      );
    }
    if (ways.length > 1) {
      throw semanticError(
        `${to} can't be asked of ${from.name}: ${ways.length} ways of relationships lead there; add ${to} a second time under another name`,
      );
    }
    for (const step of way) joins.add(checked(model, step));
  }
  return [...joins];
}

/** The one of some tables whose rows have exactly one place in each of the others. */
export function rootOf(model: SemanticModel, tables: readonly string[]): SemanticTable {
  const root = tables.find((from) => tables.every((to) => reaches(model, from, to)));
  const table = root === undefined ? undefined : tableNamed(model, root);
  if (!table)
    throw semanticError(`no relationship leads from one of ${tables.join(', ')} to all the others; ask a metric too`);
  return table;
}

function checked(model: SemanticModel, step: SemanticRelationship): SemanticRelationship {
  const right = tableNamed(model, step.right_table);
  const columns = step.relationship_columns.map(({ right_column: column }) => column);
  if (right && holdKey(right, columns)) return step;
  throw semanticError(`${step.right_table} has no PRIMARY KEY or UNIQUE columns among ${columns.join(', ')}`);
}
