import { SOURCE_KINDS } from '../catalog/catalog.dto';
import { Flag, Nested, OneOf, Texts, Whole } from '../dto/fields';
import { POLICED_ROLES, type RolePolicies, type TenantPolicies, WRITE_MODES } from '../policies/tenant-policies';

/** The lists of policies. One that is null or left out allows everything. */
class WantedLists {
  @Texts({ nullable: true, optional: true, max: 500, description: 'DB or DB.SCHEMA' }) databases?: string[] | null;
  @Texts({ nullable: true, optional: true, max: 20, description: 'Kinds of sources: ' + SOURCE_KINDS.join(', ') })
  kinds?: string[] | null;
  @Texts({ nullable: true, optional: true, max: 200 }) nodeTypes?: string[] | null;
  @Texts({ nullable: true, optional: true, max: 200, description: 'Names, or beginnings that end in *' })
  models?: string[] | null;
  @Texts({ nullable: true, optional: true, max: 500, description: 'DB or DB.SCHEMA in which tables may be written' })
  targets?: string[] | null;
  @Texts({ nullable: true, optional: true, max: 10, description: 'How tables are written: ' + WRITE_MODES.join(', ') })
  writeModes?: string[] | null;
  @Texts({
    nullable: true,
    optional: true,
    max: 500,
    description: 'Secure views, semantic views and functions that may be used although they hide what they read',
  })
  opaque?: string[] | null;
}

/** What differs for people of one app role. A list that is left out is the tenant's. */
export class RolePoliciesView extends WantedLists implements RolePolicies {
  @OneOf(POLICED_ROLES) role: RolePolicies['role'];
}

/** What the tenant's workflows may use. */
export class SavePoliciesRequest extends WantedLists {
  @Nested(() => RolePoliciesView, { many: true, max: 3, optional: true, description: 'Owners have the tenant’s lists' })
  byRole?: RolePoliciesView[];
  @Texts({ nullable: true, optional: true, max: 100, description: 'Null: ACCOUNTADMIN, SECURITYADMIN and ORGADMIN' })
  guardedRoles?: string[] | null;
  @Flag({ optional: true, description: 'Another owner or admin agrees before anything is published' })
  publishApproval?: boolean;
  @Whole({ max: 999_999_999, description: 'The version that was read: a save over another one is refused' })
  version: number;
}

/** The policies as they are, counted by version. */
export class PoliciesView implements TenantPolicies {
  @Whole({ description: 'Counts the changes; 0: nobody has decided anything' }) version: number;
  @Texts({ nullable: true, max: 500 }) databases: string[] | null;
  @Texts({ nullable: true, max: 20 }) kinds: string[] | null;
  @Texts({ nullable: true, max: 200 }) nodeTypes: string[] | null;
  @Texts({ nullable: true, max: 200 }) models: string[] | null;
  @Texts({ nullable: true, max: 500 }) targets: string[] | null;
  @Texts({ nullable: true, max: 10 }) writeModes: string[] | null;
  @Texts({ nullable: true, max: 500 }) opaque: string[] | null;
  @Nested(() => RolePoliciesView, { many: true, max: 3 }) byRole: RolePoliciesView[];
  @Texts({ nullable: true, max: 100 }) guardedRoles: string[] | null;
  @Flag() publishApproval: boolean;
}
