/** What one run may take; null is no limit. */
export interface RunBudget {
  /** Read by all its statements, by EXPLAIN's upper bound. */
  maxBytes: number | null;
  maxStatements: number | null;
  /** Since the run began, without the time for which it rested: no statement begins later. */
  maxSeconds: number | null;
  /** Of models that it asks itself; functions in SQL are not counted. */
  maxTokens: number | null;
}

/** A budget that never stops a run. */
export const NO_BUDGET: RunBudget = { maxBytes: null, maxStatements: null, maxSeconds: null, maxTokens: null };

/** What one tenant may use of an installation. */
export interface TenantLimits {
  /** Statements under way at once in one session, and in all sessions of the tenant. */
  statementsPerSession: number;
  statementsPerTenant: number;
  /** How many more may wait for a place, and how long. */
  queueLength: number;
  queueWaitMs: number;
  /** The longest a statement may run. */
  queryTimeoutSeconds: number;
  /** Runs under way at once in the tenant, of one workflow and on one warehouse; null: as many as the installation gives. */
  runsPerTenant: number | null;
  runsPerWorkflow: number | null;
  runsPerWarehouse: number | null;
  /** Days for which a finished run is kept; null: the installation's. */
  runRetentionDays: number | null;
  /** The most that any run may take, whatever its workflow's own budget. */
  runBudget: RunBudget;
}

export const DEFAULT_TENANT_LIMITS: TenantLimits = {
  statementsPerSession: 16,
  statementsPerTenant: 64,
  queueLength: 256,
  queueWaitMs: 15_000,
  queryTimeoutSeconds: 3_600,
  runsPerTenant: null,
  runsPerWorkflow: null,
  runsPerWarehouse: null,
  runRetentionDays: null,
  runBudget: NO_BUDGET,
};
