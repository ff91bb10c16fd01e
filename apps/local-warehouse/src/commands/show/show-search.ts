import type { Access } from '../../catalog/access';
import type { SearchServiceEntry } from '../../catalog/catalog-entries';
import type { ShowOptions } from '../../parser/statement-tree';
import type { CompiledStatement } from '../../sql/compiled-statement';
import { textColumn, timeColumn, type PlainColumn } from '../../sql/rows-relation';
import { listCommand, selected } from './show-format';
import { objectsIn } from './show-relations';

const columns: readonly PlainColumn<SearchServiceEntry>[] = [
  timeColumn('created_on', ({ createdAt }) => new Date(createdAt)),
  textColumn('name', ({ name }) => name),
  textColumn('database_name', ({ database }) => database),
  textColumn('schema_name', ({ schema }) => schema),
  textColumn('target_lag', ({ targetLag }) => targetLag ?? null),
  textColumn('warehouse', ({ warehouse }) => warehouse ?? null),
  textColumn('search_column', ({ searched }) => searched),
  textColumn('attribute_columns', ({ attributes }) => attributes.join(',')),
  textColumn('columns', (service) => service.columns.join(',')),
  textColumn('definition', ({ source }) => source),
  textColumn('comment', ({ comment }) => comment ?? ''),
  textColumn('serving_state', () => 'RUNNING'),
  textColumn('indexing_state', () => 'RUNNING'),
  textColumn('owner', ({ owner }) => owner),
];

export function showSearchServices(options: ShowOptions, access: Access): CompiledStatement {
  const found = objectsIn(options.scope, access, (_database, schema) =>
    [...schema.searchServices.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
  return listCommand(
    selected(found, ({ name }) => name, options),
    columns,
  );
}
