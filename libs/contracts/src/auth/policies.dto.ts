import { SOURCE_KINDS } from '../catalog/catalog.dto';
import { Texts, Whole } from '../dto/fields';
import type { TenantPolicies } from '../policies/tenant-policies';

/** What the tenant's workflows may use. A list that is null or left out allows everything. */
export class SavePoliciesRequest implements TenantPolicies {
  @Texts({ nullable: true, optional: true, max: 500, description: 'DB or DB.SCHEMA' }) databases: string[] | null;
  @Texts({ nullable: true, optional: true, max: 20, description: 'Kinds of sources: ' + SOURCE_KINDS.join(', ') })
  kinds: string[] | null;
  @Texts({ nullable: true, optional: true, max: 200 }) nodeTypes: string[] | null;
  @Texts({ nullable: true, optional: true, max: 200, description: 'Names, or beginnings that end in *' })
  models: string[] | null;
  @Texts({ nullable: true, optional: true, max: 500, description: 'DB or DB.SCHEMA in which tables may be written' })
  targets: string[] | null;
  @Texts({
    nullable: true,
    optional: true,
    max: 500,
    description: 'Secure views, semantic views and functions that may be used although they hide what they read',
  })
  opaque: string[] | null;
  @Whole({ description: 'The version that was read: a save over another one is refused' }) version: number;
}

/** The policies as they are, counted by version. */
export class PoliciesView implements TenantPolicies {
  @Whole({ description: 'Counts the changes; 0: nobody has decided anything' }) version: number;
  @Texts({ nullable: true, max: 500 }) databases: string[] | null;
  @Texts({ nullable: true, max: 20 }) kinds: string[] | null;
  @Texts({ nullable: true, max: 200 }) nodeTypes: string[] | null;
  @Texts({ nullable: true, max: 200 }) models: string[] | null;
  @Texts({ nullable: true, max: 500 }) targets: string[] | null;
  @Texts({ nullable: true, max: 500 }) opaque: string[] | null;
}
