import type { TenantSettings } from '@snowflow/contracts/auth/tenant.dto';
import { AppError, FieldError } from '@snowflow/contracts/errors/app-error';
import { SIGN_IN_METHODS, SignInMethod } from '@snowflow/contracts/sessions/session-record';
import { DEFAULT_TENANT_LIMITS, type RunBudget } from '@snowflow/contracts/sessions/tenant-limits';
import { snowflakeName } from '@snowflow/contracts/sessions/snowflake-name';

/** Names as Snowflake stores them, nothing twice. */
export function cleanSettings(settings: TenantSettings): TenantSettings {
  return {
    version: settings.version,
    methods: [...new Set(settings.methods)],
    sessionIdleSeconds: settings.sessionIdleSeconds,
    sessionMaxSeconds: settings.sessionMaxSeconds,
    ownerRoles: [...new Set(settings.ownerRoles.map(snowflakeName))],
    autoJoin: settings.autoJoin.map(({ snowflakeRole, appRole }) => ({
      snowflakeRole: snowflakeName(snowflakeRole),
      appRole,
    })),
    // A limit that the caller does not know yet has its default.
    limits: { ...DEFAULT_TENANT_LIMITS, ...settings.limits, runBudget: wholeBudget(settings.limits.runBudget) },
    defaultWarehouse: settings.defaultWarehouse === null ? null : snowflakeName(settings.defaultWarehouse),
  };
}

/** A limit that was left out is none. */
function wholeBudget({ maxBytes, maxStatements, maxSeconds, maxTokens }: RunBudget): RunBudget {
  return {
    maxBytes: maxBytes ?? null,
    maxStatements: maxStatements ?? null,
    maxSeconds: maxSeconds ?? null,
    maxTokens: maxTokens ?? null,
  };
}

/** Throws VALIDATION with every field that is wrong. `usable`: those of the methods by which somebody could sign in as things stand. */
export function checkSettings(settings: TenantSettings, usable: readonly SignInMethod[], own: string): void {
  const errors: FieldError[] = [];
  const refuse = (path: string, message: string) => errors.push({ path, message });
  const unknown = settings.methods.filter((method) => !SIGN_IN_METHODS.includes(method));
  if (unknown.length > 0) {
    refuse('methods', `${unknown.join(', ')}: no such way to sign in. There are ${SIGN_IN_METHODS.join(', ')}.`);
  }
  if (settings.methods.length === 0) refuse('methods', 'Allow at least one way to sign in.');
  else if (!settings.methods.some((method) => method === own)) {
    refuse(
      'methods',
      `You are signed in by ${own}: without it you might lock yourself out. Sign in another way first, then take it away.`,
    );
  } else if (usable.length === 0) {
    refuse('methods', 'Nobody could sign in: OAuth needs a client. Set one up, or allow another way.');
  }
  if (settings.sessionIdleSeconds > settings.sessionMaxSeconds) {
    refuse('sessionIdleSeconds', 'A session cannot be idle for longer than it lasts in all.');
  }
  if (settings.ownerRoles.length === 0) refuse('ownerRoles', 'Name at least one Snowflake role whose holders own it.');
  settings.ownerRoles.forEach((role, index) => {
    if (role === '') refuse(`ownerRoles.${index}`, 'Name a role.');
    if (role === 'PUBLIC')
      refuse(`ownerRoles.${index}`, 'Everybody holds PUBLIC: then everybody would own the tenant.');
  });
  settings.autoJoin.forEach(({ snowflakeRole }, index) => {
    if (snowflakeRole === '') refuse(`autoJoin.${index}.snowflakeRole`, 'Name a role.');
  });
  if (settings.limits.statementsPerSession > settings.limits.statementsPerTenant) {
    refuse('limits.statementsPerSession', 'One session cannot have more places than the whole tenant.');
  }
  if (errors.length > 0) throw new AppError('VALIDATION', 'The settings were not saved: some cannot be.', { errors });
}
