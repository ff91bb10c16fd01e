import type { SourceKind } from '@snowflow/contracts/catalog/catalog.dto';
import type { MetadataRow } from '../metadata/metadata-row';

/** What SHOW calls the objects of a kind, and what kind a row of it is. */
export interface Listing {
  objects: string;
  kindOf(row: MetadataRow): SourceKind;
}

/** SHOW TABLES lists dynamic tables too. */
export const TABLES: Listing = {
  objects: 'TABLES',
  kindOf: (row) => (row.flag('is_dynamic') ? 'dynamic-table' : 'table'),
};
export const VIEWS: Listing = { objects: 'VIEWS', kindOf: () => 'view' };

const BY_KIND: Readonly<Record<SourceKind, Listing>> = {
  table: TABLES,
  view: VIEWS,
  'dynamic-table': { objects: 'DYNAMIC TABLES', kindOf: () => 'dynamic-table' },
  'semantic-view': { objects: 'SEMANTIC VIEWS', kindOf: () => 'semantic-view' },
  stream: { objects: 'STREAMS', kindOf: () => 'stream' },
  function: { objects: 'USER FUNCTIONS', kindOf: () => 'function' },
  stage: { objects: 'STAGES', kindOf: () => 'stage' },
  'search-service': { objects: 'CORTEX SEARCH SERVICES', kindOf: () => 'search-service' },
};

/** What to list: one kind, or all that can be read like a table. */
export function listingsOf(kind: SourceKind | undefined): Listing[] {
  return kind === undefined ? [TABLES, VIEWS] : [BY_KIND[kind]];
}
