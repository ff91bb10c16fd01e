import { Controller } from '@nestjs/common';
import { ApiKeyId, ApiKeyView, CreateApiKeyRequest, CreatedApiKey } from '@snowflow/contracts/auth/api-keys.dto';
import { authContract, AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { Done } from '@snowflow/contracts/rpc/nothing';
import { Handle } from '@snowflow/transport/handle.decorator';
import { ApiKeysService } from './api-keys.service';

const { apiKeys, createApiKey, removeApiKey } = authContract.operations;

@Controller()
export class ApiKeysController implements Pick<AuthHandlers, 'apiKeys' | 'createApiKey' | 'removeApiKey'> {
  constructor(private readonly keys: ApiKeysService) {}

  @Handle(apiKeys)
  apiKeys(): Promise<Page<ApiKeyView>> {
    return this.keys.list();
  }

  @Handle(createApiKey)
  createApiKey(input: CreateApiKeyRequest): Promise<CreatedApiKey> {
    return this.keys.create(input);
  }

  @Handle(removeApiKey)
  async removeApiKey({ id }: ApiKeyId): Promise<Done> {
    await this.keys.remove(id);
    return { done: true };
  }
}
