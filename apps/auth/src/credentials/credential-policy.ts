import { Injectable } from '@nestjs/common';
import type { CredentialKind } from '@snowflow/contracts/auth/credentials.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { TenantRules } from '../tenants/tenant-rules';

/** A way to sign in that the tenant does not allow its people is not allowed to what they stored either. */
@Injectable()
export class CredentialPolicy {
  constructor(private readonly rules: TenantRules) {}

  async assertAllowed(
    tenantId: string,
    kind: CredentialKind,
    code: 'METHOD_REFUSED' | 'CREDENTIAL_UNUSABLE',
  ): Promise<void> {
    // Whether the account is a demo decides about passwords alone, which are never stored.
    const { methods } = await this.rules.of(tenantId, false);
    if (methods.includes(kind)) return;
    throw new AppError(
      code,
      `Your tenant does not allow signing in by ${kind}, so it is not stored or used. An owner or admin can allow it in the settings.`,
    );
  }
}
