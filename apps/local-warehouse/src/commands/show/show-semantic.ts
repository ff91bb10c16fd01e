import type { SemanticMetric, SemanticTable } from '@snowflow/contracts/semantic/semantic-model';
import { dimensionsOf } from '@snowflow/contracts/semantic/semantic-names';
import type { Access } from '../../catalog/access';
import type { SemanticViewEntry } from '../../catalog/catalog-entries';
import type { SemanticPartKind, ShowOptions } from '../../parser/statement-tree';
import type { CompiledStatement } from '../../sql/compiled-statement';
import { textColumn, timeColumn, type PlainColumn } from '../../sql/rows-relation';
import { listCommand, selected } from './show-format';
import { objectsIn } from './show-relations';

const viewsIn = (scope: ShowOptions['scope'], access: Access): SemanticViewEntry[] =>
  objectsIn(scope, access, (_database, schema) =>
    [...schema.semanticViews.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  );

const terse: readonly PlainColumn<SemanticViewEntry>[] = [
  timeColumn('created_on', ({ createdAt }) => new Date(createdAt)),
  textColumn('name', ({ name }) => name),
  textColumn('kind', () => 'SEMANTIC_VIEW'),
  textColumn('database_name', ({ database }) => database),
  textColumn('schema_name', ({ schema }) => schema),
];
const views: readonly PlainColumn<SemanticViewEntry>[] = [
  ...terse.filter(({ name }) => name !== 'kind'),
  textColumn('comment', ({ comment }) => comment ?? ''),
  textColumn('owner', ({ owner }) => owner),
  textColumn('owner_role_type', () => 'ROLE'),
  textColumn('extension', () => null),
];

export function showSemanticViews(options: ShowOptions, access: Access): CompiledStatement {
  return listCommand(
    selected(viewsIn(options.scope, access), ({ name }) => name, options),
    options.terse ? terse : views,
  );
}

interface Part {
  view: SemanticViewEntry;
  table: SemanticTable | undefined;
  part: SemanticMetric & { data_type?: string };
}

const parts: readonly PlainColumn<Part>[] = [
  textColumn('database_name', ({ view }) => view.database),
  textColumn('schema_name', ({ view }) => view.schema),
  textColumn('semantic_view_name', ({ view }) => view.name),
  textColumn('table_name', ({ table }) => table?.name ?? null),
  textColumn('name', ({ part }) => part.name),
  textColumn('data_type', ({ part }) => part.data_type ?? null),
  textColumn('synonyms', ({ part }) => (part.synonyms ? JSON.stringify(part.synonyms) : null)),
  textColumn('comment', ({ part }) => part.description ?? null),
];

/** The dimensions, metrics or facts of one view, or of all views of a place. */
export function showSemanticParts(kind: SemanticPartKind, options: ShowOptions, access: Access): CompiledStatement {
  const { scope } = options;
  const names = scope && scope.kind !== 'DATABASE' && scope.kind !== 'SCHEMA' ? scope.name.map(({ text }) => text) : [];
  const found = names.length > 0 ? [access.readableSemanticView(names)] : viewsIn(scope, access);
  const rows = found.flatMap((view) => [
    ...view.model.tables.flatMap((table) => ofKind(kind, table).map((part) => ({ view, table, part }))),
    ...(kind === 'SEMANTIC METRICS' ? (view.model.metrics ?? []) : []).map((part) => ({
      view,
      table: undefined,
      part,
    })),
  ]);
  return listCommand<Part>(
    selected(rows, ({ part }) => part.name, options),
    parts,
  );
}

function ofKind(kind: SemanticPartKind, table: SemanticTable): readonly Part['part'][] {
  if (kind === 'SEMANTIC DIMENSIONS') return dimensionsOf(table);
  return (kind === 'SEMANTIC METRICS' ? table.metrics : table.facts) ?? [];
}
