import { Inject, Injectable } from '@nestjs/common';
import type { TenantSettings } from '@snowflow/contracts/auth/tenant.dto';
import { SIGN_IN_METHODS, SignInMethod } from '@snowflow/contracts/sessions/session-record';
import { DEFAULT_TENANT_LIMITS } from '@snowflow/contracts/sessions/tenant-limits';
import { ENV } from '../core-tokens';
import type { AuthEnv } from '../env';
import { snowflakeName } from '@snowflow/contracts/sessions/snowflake-name';
import { TenantsRepository } from './tenants.repository';

const HOSTED_METHODS: SignInMethod[] = ['oauth', 'external-oauth'];

/** What holds in a tenant: its own settings, or the installation's. */
@Injectable()
export class TenantRules {
  constructor(
    private readonly tenants: TenantsRepository,
    @Inject(ENV) private readonly env: AuthEnv,
  ) {}

  /** `tenantId` is undefined for an account from which nobody has come yet. */
  async of(tenantId: string | undefined, isDemo: boolean): Promise<TenantSettings> {
    const own = tenantId === undefined ? undefined : await this.tenants.findSettings(tenantId);
    // A setting that is younger than what was saved has its default.
    return { ...this.defaults(isDemo), ...own, limits: { ...DEFAULT_TENANT_LIMITS, ...own?.limits } };
  }

  /** A method of the installation, whatever its tenants allow. */
  isOffered(method: SignInMethod): boolean {
    return method !== 'container' || this.env.NATIVE_APP;
  }

  private methods(isDemo: boolean): SignInMethod[] {
    // Who came through Snowflake's ingress has signed in already: no other credential need pass through the app.
    if (this.env.NATIVE_APP && !isDemo) return ['container'];
    const hosted: SignInMethod[] = isDemo ? ['password', ...HOSTED_METHODS] : HOSTED_METHODS;
    return this.env.HOSTED ? hosted : [...SIGN_IN_METHODS];
  }

  private defaults(isDemo: boolean): TenantSettings {
    return {
      version: 0,
      methods: this.methods(isDemo),
      sessionIdleSeconds: this.env.SESSION_IDLE_SECONDS,
      sessionMaxSeconds: this.env.SESSION_MAX_SECONDS,
      ownerRoles: this.env.OWNER_ROLES.map(snowflakeName),
      autoJoin: [{ snowflakeRole: 'PUBLIC', appRole: 'builder' }],
      limits: DEFAULT_TENANT_LIMITS,
      defaultWarehouse: null,
    };
  }
}
