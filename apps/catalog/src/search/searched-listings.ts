import type { SearchKind } from '@snowflow/contracts/catalog/search.dto';
import type { MetadataRow } from '../metadata/metadata-row';
import { objectKind } from './listed-entry';

/** A SHOW whose objects are found by searches. */
export interface SearchedListing {
  objects: string;
  kindOf(row: MetadataRow): SearchKind;
}

export const DATABASES: SearchedListing = { objects: 'DATABASES', kindOf: () => 'database' };
export const SCHEMAS: SearchedListing = { objects: 'SCHEMAS', kindOf: () => 'schema' };
/** Tables, views and dynamic tables at once. */
export const OBJECTS: SearchedListing = { objects: 'OBJECTS', kindOf: objectKind };

/** What there is few of: listed for the whole account at once. An account without a feature may refuse its SHOW. */
export const FEW: readonly SearchedListing[] = [
  { objects: 'STAGES', kindOf: () => 'stage' },
  { objects: 'STREAMS', kindOf: () => 'stream' },
  { objects: 'USER FUNCTIONS', kindOf: () => 'function' },
  { objects: 'SEMANTIC VIEWS', kindOf: () => 'semantic-view' },
  { objects: 'CORTEX SEARCH SERVICES', kindOf: () => 'search-service' },
];
