import { Controller } from '@nestjs/common';
import { ApiKeyId, type TenantApiKeyView } from '@snowflow/contracts/auth/api-keys.dto';
import { authContract, type AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import { Handle } from '@snowflow/transport/handle.decorator';
import { TenantApiKeysService } from './tenant-api-keys.service';

const { tenantApiKeys, revokeTenantApiKey } = authContract.operations;

@Controller()
export class TenantApiKeysController implements Pick<AuthHandlers, 'tenantApiKeys' | 'revokeTenantApiKey'> {
  constructor(private readonly keys: TenantApiKeysService) {}

  @Handle(tenantApiKeys)
  async tenantApiKeys(): Promise<Page<TenantApiKeyView>> {
    return { items: await this.keys.list(), nextCursor: null };
  }

  @Handle(revokeTenantApiKey)
  async revokeTenantApiKey({ id }: ApiKeyId): Promise<Done> {
    await this.keys.revoke(id);
    return { done: true };
  }
}
