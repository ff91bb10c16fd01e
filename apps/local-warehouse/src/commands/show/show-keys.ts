import type { Access } from '../../catalog/access';
import type { CatalogColumn, RelationEntry } from '../../catalog/catalog-entries';
import type { ShowOptions } from '../../parser/statement-tree';
import type { CompiledStatement } from '../../sql/compiled-statement';
import { numberColumn, textColumn, timeColumn } from '../../sql/rows-relation';
import { listCommand } from './show-format';
import { relationsMeant } from './show-relations';

interface KeyColumn {
  relation: RelationEntry;
  column: CatalogColumn;
  position: number;
}

const columns = [
  timeColumn<KeyColumn>('created_on', ({ relation }) => new Date(relation.createdAt)),
  textColumn<KeyColumn>('database_name', ({ relation }) => relation.database),
  textColumn<KeyColumn>('schema_name', ({ relation }) => relation.schema),
  textColumn<KeyColumn>('table_name', ({ relation }) => relation.name),
  textColumn<KeyColumn>('column_name', ({ column }) => column.name),
  numberColumn<KeyColumn>('key_sequence', ({ position }) => position),
  textColumn<KeyColumn>('constraint_name', ({ relation }) => `PRIMARY_KEY_OF_${relation.name}`),
  textColumn<KeyColumn>('rely', () => 'false'),
  textColumn<KeyColumn>('comment', () => null),
];

/** The columns of primary keys, in the order of their table. */
export function showPrimaryKeys(options: ShowOptions, access: Access): CompiledStatement {
  const rows = relationsMeant(options.scope, access).flatMap((relation) =>
    relation.columns
      .filter(({ primaryKey }) => primaryKey)
      .map((column, index) => ({ relation, column, position: index + 1 })),
  );
  return listCommand(rows, columns);
}
