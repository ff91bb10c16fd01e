import type { SourceColumnView, SourceKind, SourceName, SourceView } from '@snowflow/contracts/catalog/catalog.dto';
import { deniedKind, deniedObject, deniedOpaque, type Denial } from '@snowflow/contracts/policies/policy-rules';
import type { TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import type { MetadataRow } from '../metadata/metadata-row';

/** An object as SHOW lists it. `select` is true for its owner; what other grants give, only a run proves. */
export function sourceView(
  row: MetadataRow,
  { database, schema, name }: SourceName,
  kind: SourceKind,
  role: string | null,
): SourceView {
  const owner = row.text('owner');
  return {
    database,
    schema,
    name,
    kind,
    rowCount: row.whole('rows'),
    bytes: row.whole('bytes'),
    owner,
    comment: row.text('comment'),
    createdAt: row.moment('created_on'),
    secure: row.flag('is_secure'),
    access: { select: owner !== null && owner === role ? true : 'unknown' },
  };
}

/** Why the tenant does not let a source be used, by what is listed of it. */
export function deniedSource(
  policies: TenantPolicies,
  { database, schema, name, kind }: SourceView,
  row: MetadataRow,
): Denial | undefined {
  const parts = [database, schema, name];
  const hides = kind === 'semantic-view' || row.flag('is_secure');
  return (
    deniedObject(policies, parts) ?? deniedKind(policies, kind) ?? (hides ? deniedOpaque(policies, parts) : undefined)
  );
}

/** A column as DESCRIBE lists it. */
export function columnView(row: MetadataRow): SourceColumnView {
  const key = row.flag('primary key') ? 'primary' : row.flag('unique key') ? 'unique' : undefined;
  return {
    name: row.text('name') ?? '',
    type: row.text('type') ?? '',
    nullable: row.flag('null?'),
    comment: row.text('comment'),
    ...(key ? { key } : {}),
  };
}
