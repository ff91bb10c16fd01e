import type { SearchKind } from '@snowflow/contracts/catalog/search.dto';
import type { MetadataRow } from '../metadata/metadata-row';
import type { IndexEntry } from './index-entry';

/** SHOW OBJECTS says of each what it is. */
export function objectKind(row: MetadataRow): SearchKind {
  if (row.flag('is_dynamic')) return 'dynamic-table';
  return /VIEW$/i.test(row.text('kind') ?? '') ? 'view' : 'table';
}

/** A row of SHOW as a search knows it. Rows without a place, such as built-in functions, are nobody's to find. */
export function listedEntry(row: MetadataRow, kind: SearchKind): IndexEntry | undefined {
  const name = row.text('name');
  const database = kind === 'database' ? name : (row.text('database_name') ?? row.text('catalog_name'));
  const schema = kind === 'database' ? null : kind === 'schema' ? name : row.text('schema_name');
  if (name === null || database === null || (schema === null && kind !== 'database')) return undefined;
  return {
    kind,
    database,
    schema,
    name,
    rowCount: row.whole('rows'),
    bytes: row.whole('bytes'),
    owner: row.text('owner'),
    comment: row.text('comment'),
    createdAtMs: createdAtMs(row),
    secure: row.flag('is_secure'),
  };
}

function createdAtMs(row: MetadataRow): number | null {
  const moment = row.moment('created_on');
  return moment === null ? null : Date.parse(moment);
}
