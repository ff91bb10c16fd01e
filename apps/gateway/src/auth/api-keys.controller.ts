import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  ApiKeyView,
  CreateApiKeyRequest,
  CreatedApiKey,
  RotateApiKeyBody,
} from '@snowflow/contracts/auth/api-keys.dto';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems } from '../openapi/responses.decorator';

@ApiTags('auth')
@ApiGuarded()
@Controller('auth/api-keys')
export class ApiKeysController {
  constructor(@InjectClient(authContract) private readonly auth: AuthClient) {}

  @Get()
  @ApiOperation({ operationId: 'listApiKeys', summary: 'Your keys, without their secrets' })
  @ApiPage(ApiKeyView)
  list(): Promise<Page<ApiKeyView>> {
    return this.auth.apiKeys({});
  }

  @Post()
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'createApiKey', summary: 'A new key; the key itself is told this once' })
  @ApiResponse({ status: 201, type: CreatedApiKey })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN')
  create(@Body() body: CreateApiKeyRequest): Promise<CreatedApiKey> {
    return this.auth.createApiKey(body);
  }

  @Post(':id/rotate')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'rotateApiKey',
    summary: 'A new secret for a key; the old one dies at once or after a grace',
  })
  @ApiResponse({ status: 201, type: CreatedApiKey })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND')
  rotate(@Param('id', new OpaqueIdPipe('sfk')) id: string, @Body() body: RotateApiKeyBody): Promise<CreatedApiKey> {
    return this.auth.rotateApiKey({ ...body, id });
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteApiKey' })
  @ApiNoContentResponse()
  @ApiProblems('ORIGIN_REFUSED', 'NOT_FOUND')
  async remove(@Param('id', new OpaqueIdPipe('sfk')) id: string): Promise<void> {
    await this.auth.removeApiKey({ id });
  }
}
