import type { Path } from 'react-hook-form';
import { z } from 'zod';
import type { TenantSettings } from '../../../api/tenant';
import { budgetFieldOf, budgetFromValues, budgetToValues, budgetValues } from '../../cost/budget-values';

const SECONDS_A_MINUTE = 60;
const MS_A_SECOND = 1_000;
const MOST_OWNER_ROLES = 20;

function between(min: number, max: number, unit: string) {
  const message = `From ${min.toLocaleString('en-US')} to ${max.toLocaleString('en-US')} ${unit}.`;
  return z.number({ error: message }).min(min, message).max(max, message);
}
const count = (min: number, max: number, unit: string) => between(min, max, unit).int('A whole number.');

/** The settings as a person fills them in: lengths in minutes and seconds, one role a line. */
export const settingsFields = z
  .object({
    methods: z.array(z.string()).min(1, 'Allow at least one way to sign in.'),
    idleMinutes: between(5, 1_440, 'minutes'),
    maxMinutes: between(10, 10_080, 'minutes'),
    ownerRoles: z
      .string()
      .refine((text) => linesOf(text).length > 0, 'Name at least one role.')
      .refine((text) => linesOf(text).length <= MOST_OWNER_ROLES, `Name ${MOST_OWNER_ROLES} roles at most.`),
    autoJoin: z.array(
      z.object({
        snowflakeRole: z.string().trim().min(1, 'Name a role, or remove the rule.').max(255, 'This is too long.'),
        appRole: z.enum(['builder', 'viewer']),
      }),
    ),
    limits: z.object({
      statementsPerSession: count(1, 1_000, 'statements'),
      statementsPerTenant: count(1, 10_000, 'statements'),
      queueLength: count(0, 100_000, 'statements'),
      queueWaitSeconds: between(0, 60, 'seconds'),
      queryTimeoutSeconds: count(1, 172_800, 'seconds'),
      runsPerTenant: count(1, 10_000, 'runs').nullable(),
      runsPerWorkflow: count(1, 10_000, 'runs').nullable(),
      runsPerWarehouse: count(1, 10_000, 'runs').nullable(),
      runRetentionDays: count(1, 3_650, 'days').nullable(),
      runBudget: budgetValues,
    }),
    defaultWarehouse: z.string().max(255, 'This is too long.'),
  })
  .refine(({ idleMinutes, maxMinutes }) => idleMinutes <= maxMinutes, {
    path: ['idleMinutes'],
    message: 'A session cannot be idle for longer than it lasts in all.',
  });
export type SettingsValues = z.infer<typeof settingsFields>;

export function toForm(settings: TenantSettings): SettingsValues {
  const { queueWaitMs, runBudget, ...limits } = settings.limits;
  return {
    methods: settings.methods,
    idleMinutes: rounded(settings.sessionIdleSeconds / SECONDS_A_MINUTE),
    maxMinutes: rounded(settings.sessionMaxSeconds / SECONDS_A_MINUTE),
    ownerRoles: settings.ownerRoles.join('\n'),
    autoJoin: settings.autoJoin,
    limits: { ...limits, queueWaitSeconds: queueWaitMs / MS_A_SECOND, runBudget: budgetToValues(runBudget) },
    defaultWarehouse: settings.defaultWarehouse ?? '',
  };
}

/** `version` is that of the settings which the form began with. */
export function fromForm(values: SettingsValues, { version }: Pick<TenantSettings, 'version'>): TenantSettings {
  const { queueWaitSeconds, runBudget, ...limits } = values.limits;
  return {
    version,
    methods: values.methods,
    sessionIdleSeconds: Math.round(values.idleMinutes * SECONDS_A_MINUTE),
    sessionMaxSeconds: Math.round(values.maxMinutes * SECONDS_A_MINUTE),
    ownerRoles: linesOf(values.ownerRoles),
    autoJoin: values.autoJoin,
    limits: {
      ...limits,
      queueWaitMs: Math.round(queueWaitSeconds * MS_A_SECOND),
      runBudget: budgetFromValues(runBudget),
    },
    defaultWarehouse: values.defaultWarehouse.trim() || null,
  };
}

const RENAMED: Readonly<Record<string, Path<SettingsValues>>> = {
  sessionIdleSeconds: 'idleMinutes',
  sessionMaxSeconds: 'maxMinutes',
  'limits.queueWaitMs': 'limits.queueWaitSeconds',
  'limits.statementsPerSession': 'limits.statementsPerSession',
  'limits.statementsPerTenant': 'limits.statementsPerTenant',
  'limits.queueLength': 'limits.queueLength',
  'limits.queryTimeoutSeconds': 'limits.queryTimeoutSeconds',
  'limits.runsPerTenant': 'limits.runsPerTenant',
  'limits.runsPerWorkflow': 'limits.runsPerWorkflow',
  'limits.runsPerWarehouse': 'limits.runsPerWarehouse',
  'limits.runRetentionDays': 'limits.runRetentionDays',
  defaultWarehouse: 'defaultWarehouse',
};

/** The form's field for what the server calls `path`. */
export function fieldOf(path: string): Path<SettingsValues> | undefined {
  if (/^methods(\.|$)/.test(path)) return 'methods';
  if (/^ownerRoles(\.|$)/.test(path)) return 'ownerRoles';
  const rule = /^autoJoin\.(\d+)\.(snowflakeRole|appRole)$/.exec(path);
  if (rule) return `autoJoin.${Number(rule[1])}.${rule[2] === 'appRole' ? 'appRole' : 'snowflakeRole'}`;
  const limit = budgetFieldOf(path.replace(/^limits\.runBudget\./, ''));
  return limit ? `limits.runBudget.${limit}` : RENAMED[path];
}

/** The names in a text with one a line. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** To two decimals, which still tell one second from the next. */
function rounded(minutes: number): number {
  return Math.round(minutes * 100) / 100;
}
