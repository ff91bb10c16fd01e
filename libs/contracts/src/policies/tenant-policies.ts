/** What owners and admins let their tenant's workflows use. Hosts outside are kept apart, by the workflow service. */
export const POLICY_NAMES = ['databases', 'kinds', 'nodeTypes', 'models', 'targets', 'opaque'] as const;
export type PolicyName = (typeof POLICY_NAMES)[number];

/** As a person finds a policy in the settings. */
export const POLICY_TITLES: Readonly<Record<PolicyName, string>> = {
  databases: 'Databases and schemas',
  kinds: 'Kinds of sources',
  nodeTypes: 'Node types',
  models: 'Models',
  targets: 'Output targets',
  opaque: 'Objects that hide what they read',
};

/** What is allowed; null allows everything. A list always names something. */
export interface TenantPolicies {
  /** Counts the changes; 0: nobody has decided anything. */
  version: number;
  /** DB or DB.SCHEMA, each name bare or in double quotes, as Snowflake has it. */
  databases: string[] | null;
  kinds: string[] | null;
  nodeTypes: string[] | null;
  /** Names, or beginnings that end in `*`. */
  models: string[] | null;
  /** DB or DB.SCHEMA in which tables may be written. */
  targets: string[] | null;
  /**
   * Secure views, semantic views and functions of the account, which hide what they read: DB, DB.SCHEMA or DB.SCHEMA.NAME. Asked only where
   * databases are restricted, and there null allows none.
   */
  opaque: string[] | null;
}

/** A tenant whose admins have decided nothing. */
export const NO_POLICIES: TenantPolicies = {
  version: 0,
  databases: null,
  kinds: null,
  nodeTypes: null,
  models: null,
  targets: null,
  opaque: null,
};
