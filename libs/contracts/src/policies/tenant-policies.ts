import type { AppRole } from '../sessions/session-record';

/** What owners and admins let their tenant's workflows use. Hosts outside are kept apart, by the workflow service. */
export const POLICY_NAMES = ['databases', 'kinds', 'nodeTypes', 'models', 'targets', 'writeModes', 'opaque'] as const;
export type PolicyName = (typeof POLICY_NAMES)[number];

/** As a person finds a policy in the settings. */
export const POLICY_TITLES: Readonly<Record<PolicyName, string>> = {
  databases: 'Databases and schemas',
  kinds: 'Kinds of sources',
  nodeTypes: 'Node types',
  models: 'Models',
  targets: 'Output targets',
  writeModes: 'Ways to write',
  opaque: 'Objects that hide what they read',
};

/** How a table may be written. */
export const WRITE_MODES = ['create', 'replace', 'append', 'merge'] as const;

/** Whose lists may differ from the tenant's. Owners are not among them: no list may lock the last one out. */
export const POLICED_ROLES = ['admin', 'builder', 'viewer'] as const;

/** Snowflake roles that run nobody else's writing or sending, where the tenant has not decided it. */
export const DEFAULT_GUARDED_ROLES: readonly string[] = ['ACCOUNTADMIN', 'SECURITYADMIN', 'ORGADMIN'];

/** What is allowed; null allows everything. A list always names something. */
export interface PolicyLists {
  /** DB or DB.SCHEMA, each name bare or in double quotes, as Snowflake has it. */
  databases: string[] | null;
  kinds: string[] | null;
  nodeTypes: string[] | null;
  /** Names, or beginnings that end in `*`. */
  models: string[] | null;
  /** DB or DB.SCHEMA in which tables may be written. */
  targets: string[] | null;
  /** Of WRITE_MODES. */
  writeModes: string[] | null;
  /**
   * Secure views, semantic views and functions of the account, which hide what they read: DB, DB.SCHEMA or DB.SCHEMA.NAME. Asked only where
   * databases are restricted, and there null allows none.
   */
  opaque: string[] | null;
}

/** The lists of one app role: each takes the place of the tenant's, also where it is null; one that is left out changes nothing. */
export interface RolePolicies extends Partial<PolicyLists> {
  role: Exclude<AppRole, 'owner'>;
}

/** All that a tenant has decided of what workflows may use and do. */
export interface TenantPolicies extends PolicyLists {
  /** Counts the changes; 0: nobody has decided anything. */
  version: number;
  byRole: RolePolicies[];
  /** Snowflake roles that may not run what others wrote where it writes or sends; null: DEFAULT_GUARDED_ROLES. */
  guardedRoles: string[] | null;
  /** An owner or admin other than the author has to agree before a revision is published. */
  publishApproval: boolean;
}

/** A tenant whose admins have decided nothing. */
export const NO_POLICIES: TenantPolicies = {
  version: 0,
  databases: null,
  kinds: null,
  nodeTypes: null,
  models: null,
  targets: null,
  writeModes: null,
  opaque: null,
  byRole: [],
  guardedRoles: null,
  publishApproval: false,
};

/** The tenant's policies as they hold for people of an app role. */
export function policiesFor(policies: TenantPolicies, appRole: AppRole): TenantPolicies {
  const { role: _, ...lists } = policies.byRole.find(({ role }) => role === appRole) ?? { role: appRole };
  return { ...policies, ...lists };
}
