import type { SourceRef } from '../../../api/catalog';

/** What of the catalog is looked at, as it stands in the address. */
export interface CatalogAddress {
  search: string;
  kind: string | undefined;
  source: SourceRef | undefined;
}

export function addressOf(params: URLSearchParams): CatalogAddress {
  const [database, schema, name] = ['database', 'schema', 'name'].map((key) => params.get(key));
  const source = database && schema && name ? { database, schema, name } : undefined;
  return { search: params.get('q') ?? '', kind: params.get('kind') ?? undefined, source };
}

export function paramsOf({ search, kind, source }: CatalogAddress): Record<string, string> {
  return { ...(search ? { q: search } : {}), ...(kind ? { kind } : {}), ...source };
}
