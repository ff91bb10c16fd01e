import fc from 'fast-check';
import type { TenantSettings } from '../../../api/tenant';
import { fieldOf, fromForm, settingsFields, toForm } from './settings-form';

const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,20}$/);
const settings: fc.Arbitrary<TenantSettings> = fc.record({
  version: fc.nat(),
  methods: fc.uniqueArray(fc.constantFrom('password', 'key-pair', 'pat', 'oauth'), { minLength: 1 }),
  sessionIdleSeconds: fc.integer({ min: 300, max: 86_400 }),
  sessionMaxSeconds: fc.integer({ min: 86_400, max: 604_800 }),
  ownerRoles: fc.array(name, { minLength: 1, maxLength: 20 }),
  autoJoin: fc.array(fc.record({ snowflakeRole: name, appRole: fc.constantFrom('builder', 'viewer') }), {
    maxLength: 5,
  }),
  limits: fc.record({
    statementsPerSession: fc.integer({ min: 1, max: 1_000 }),
    statementsPerTenant: fc.integer({ min: 1, max: 10_000 }),
    queueLength: fc.integer({ min: 0, max: 100_000 }),
    queueWaitMs: fc.integer({ min: 0, max: 60_000 }),
    queryTimeoutSeconds: fc.integer({ min: 1, max: 172_800 }),
    runsPerTenant: fc.option(fc.integer({ min: 1, max: 10_000 })),
    runsPerWorkflow: fc.option(fc.integer({ min: 1, max: 10_000 })),
    runsPerWarehouse: fc.option(fc.integer({ min: 1, max: 10_000 })),
    runRetentionDays: fc.option(fc.integer({ min: 1, max: 3_650 })),
    runBudget: fc.record({
      maxBytes: fc.option(fc.integer({ min: 1 })),
      maxStatements: fc.option(fc.integer({ min: 1, max: 100_000 })),
      maxSeconds: fc.option(fc.integer({ min: 1, max: 2_592_000 })),
      maxTokens: fc.option(fc.integer({ min: 1, max: 1_000_000_000 })),
    }),
  }),
  defaultWarehouse: fc.option(name),
});

describe('the settings of a tenant in their form', () => {
  it('come out as they went in, to the second', () => {
    fc.assert(
      fc.property(settings, (before) => {
        expect(fromForm(settingsFields.parse(toForm(before)), before)).toEqual(before);
      }),
    );
  });
  it('refuses what the server would refuse, beside its field', () => {
    const [sample] = fc.sample(settings, 1);
    const values = { ...toForm(sample as TenantSettings), methods: [], idleMinutes: 2, ownerRoles: ' \n ' };
    const paths = settingsFields.safeParse(values).error?.issues.map(({ path }) => path.join('.'));
    expect(paths).toEqual(expect.arrayContaining(['methods', 'idleMinutes', 'ownerRoles']));
  });
  it('finds the field of what the server names', () => {
    expect(fieldOf('ownerRoles.3')).toBe('ownerRoles');
    expect(fieldOf('sessionIdleSeconds')).toBe('idleMinutes');
    expect(fieldOf('autoJoin.2.snowflakeRole')).toBe('autoJoin.2.snowflakeRole');
    expect(fieldOf('limits.queueWaitMs')).toBe('limits.queueWaitSeconds');
    expect(fieldOf('limits.runBudget.maxBytes')).toBe('limits.runBudget.gigabytes');
    expect(fieldOf('nonsense')).toBeUndefined();
  });
});
