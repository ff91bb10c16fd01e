import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { OAUTH_METHODS } from '../oauth/oauth-clients';
import { TenantRules } from '../tenants/tenant-rules';
import type { CredentialRow } from './credentials.tables';

/** A way to sign in that the tenant does not allow its people is not allowed to what they stored either. */
@Injectable()
export class CredentialPolicy {
  constructor(private readonly rules: TenantRules) {}

  async assertAllowed(
    tenantId: string,
    { kind, provider }: Pick<CredentialRow, 'kind' | 'provider'>,
    code: 'METHOD_REFUSED' | 'CREDENTIAL_UNUSABLE',
  ): Promise<void> {
    // Whether the account is a demo decides about passwords alone, which are never stored.
    const { methods } = await this.rules.of(tenantId, false);
    const method = kind === 'oauth' ? OAUTH_METHODS[provider ?? 'snowflake'] : kind;
    if (methods.includes(method)) return;
    throw new AppError(
      code,
      `Your tenant does not allow signing in by ${method}, so it is not stored or used. An owner or admin can allow it in the settings.`,
    );
  }
}
