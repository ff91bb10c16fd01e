import type { Access } from '../../catalog/access';
import type { TableEntry } from '../../catalog/catalog-entries';
import type { Name } from '../../parser/expression-tree';
import { typeError } from '../../statements/warehouse-error';

/** The table a statement writes to. */
export function writableTable(name: readonly Name[], access: Access): TableEntry {
  const relation = access.writableRelation(name.map(({ text }) => text));
  if (relation.kind === 'TABLE') return relation;
  throw typeError(`'${relation.name}' is a view and cannot be changed`, name[0]?.at);
}
