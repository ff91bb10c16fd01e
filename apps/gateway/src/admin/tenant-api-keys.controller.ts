import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TenantApiKeyView } from '@snowflow/contracts/auth/api-keys.dto';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems } from '../openapi/responses.decorator';

@ApiTags('admin')
@ApiGuarded()
@Controller('admin/api-keys')
export class TenantApiKeysController {
  constructor(@InjectClient(authContract) private readonly auth: AuthClient) {}

  @Get()
  @ApiOperation({ operationId: 'listTenantApiKeys', summary: "Everybody's keys, without their secrets" })
  @ApiPage(TenantApiKeyView)
  @ApiProblems('FORBIDDEN')
  list(): Promise<Page<TenantApiKeyView>> {
    return this.auth.tenantApiKeys({});
  }

  @Delete(':keyId')
  @HttpCode(204)
  @ApiOperation({ operationId: 'revokeTenantApiKey', summary: "Revoke anybody's key: it is dead at once" })
  @ApiNoContentResponse()
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED', 'NOT_FOUND')
  async revoke(@Param('keyId', new OpaqueIdPipe('sfk')) id: string): Promise<void> {
    await this.auth.revokeTenantApiKey({ id });
  }
}
