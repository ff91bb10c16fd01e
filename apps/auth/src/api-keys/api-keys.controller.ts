import { Controller } from '@nestjs/common';
import {
  ApiKeyHash,
  ApiKeyId,
  ApiKeyIdentity,
  ApiKeyView,
  CreateApiKeyRequest,
  CreatedApiKey,
  RotateApiKeyRequest,
} from '@snowflow/contracts/auth/api-keys.dto';
import { authContract, AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { Done } from '@snowflow/contracts/rpc/nothing';
import { Handle } from '@snowflow/transport/handle.decorator';
import { ApiKeysService } from './api-keys.service';
import { IdentifiedKeys } from './identified-keys';

const { apiKeys, createApiKey, removeApiKey, rotateApiKey, identifyApiKey } = authContract.operations;

@Controller()
export class ApiKeysController implements Pick<
  AuthHandlers,
  'apiKeys' | 'createApiKey' | 'removeApiKey' | 'rotateApiKey' | 'identifyApiKey'
> {
  constructor(
    private readonly keys: ApiKeysService,
    private readonly identified: IdentifiedKeys,
  ) {}

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

  @Handle(rotateApiKey)
  rotateApiKey(input: RotateApiKeyRequest): Promise<CreatedApiKey> {
    return this.keys.rotate(input);
  }

  @Handle(identifyApiKey)
  identifyApiKey({ hash }: ApiKeyHash): Promise<ApiKeyIdentity> {
    return this.identified.identify(hash);
  }
}
