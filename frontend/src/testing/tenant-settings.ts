import type { TenantSettings } from '../api/tenant';

/** Settings of a tenant as a page is given them. */
export const tenantSettings = (own: Partial<TenantSettings> = {}): TenantSettings => ({
  version: 1,
  methods: ['oauth', 'password'],
  sessionIdleSeconds: 3_600,
  sessionMaxSeconds: 7_200,
  ownerRoles: ['ACCOUNTADMIN'],
  autoJoin: [{ snowflakeRole: 'PUBLIC', appRole: 'builder' }],
  limits: {
    statementsPerSession: 16,
    statementsPerTenant: 64,
    queueLength: 256,
    queueWaitMs: 15_000,
    queryTimeoutSeconds: 3_600,
    runsPerTenant: null,
    runsPerWorkflow: null,
    runsPerWarehouse: null,
    runRetentionDays: null,
    runBudget: { maxBytes: null, maxStatements: null, maxSeconds: null, maxTokens: null },
  },
  defaultWarehouse: null,
  ...own,
});
