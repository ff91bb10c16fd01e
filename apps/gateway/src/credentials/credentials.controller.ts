import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import {
  CredentialView,
  ProposeBindingBody,
  ReplaceSecretBody,
  StoreCredentialRequest,
} from '@snowflow/contracts/auth/credentials.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems } from '../openapi/responses.decorator';

const credentialId = new OpaqueIdPipe('cred');
const bindingId = new OpaqueIdPipe('bnd');

/** Secrets that let a scheduled or published run sign in without its person. Written, never read. */
@ApiTags('credentials')
@ApiGuarded()
@Controller('credentials')
export class CredentialsController {
  constructor(@InjectClient(authContract) private readonly auth: AuthClient) {}

  @Get()
  @ApiOperation({ operationId: 'listCredentials' })
  @ApiPage(CredentialView)
  list(): Promise<Page<CredentialView>> {
    return this.auth.credentials({});
  }

  @Post()
  @ApiOperation({ operationId: 'storeCredential', summary: 'Kept once Snowflake has let it in as you' })
  @ApiResponse({ status: 201, type: CredentialView })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'SNOWFLAKE_LOGIN_FAILED', 'SNOWFLAKE_UNREACHABLE')
  store(@Body() body: StoreCredentialRequest): Promise<CredentialView> {
    return this.auth.storeCredential(body);
  }

  @Put(':id/secret')
  @ApiOperation({ operationId: 'replaceSecret', summary: 'Rotates the secret; bindings stay' })
  @ApiResponse({ status: 200, type: CredentialView })
  @ApiProblems('ORIGIN_REFUSED', 'NOT_FOUND', 'SNOWFLAKE_LOGIN_FAILED', 'SNOWFLAKE_UNREACHABLE')
  replace(@Param('id', credentialId) id: string, @Body() body: ReplaceSecretBody): Promise<CredentialView> {
    return this.auth.replaceSecret({ id, ...body });
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteCredential' })
  @ApiNoContentResponse()
  @ApiProblems('ORIGIN_REFUSED', 'NOT_FOUND')
  async remove(@Param('id', credentialId) id: string): Promise<void> {
    await this.auth.removeCredential({ id });
  }

  @Post(':id/bindings')
  @ApiOperation({ operationId: 'proposeBinding', summary: 'Asks the owner to let one revision use the credential' })
  @ApiResponse({ status: 201, type: CredentialView })
  @ApiProblems('ORIGIN_REFUSED', 'NOT_FOUND')
  propose(@Param('id', credentialId) id: string, @Body() body: ProposeBindingBody): Promise<CredentialView> {
    return this.auth.proposeBinding({ id, ...body });
  }

  @Post(':id/bindings/:bindingId/approve')
  @HttpCode(200)
  @ApiOperation({ operationId: 'approveBinding', summary: 'By the owner of the credential only' })
  @ApiResponse({ status: 200, type: CredentialView })
  @ApiProblems('ORIGIN_REFUSED', 'NOT_FOUND', 'FORBIDDEN')
  approve(
    @Param('id', credentialId) id: string,
    @Param('bindingId', bindingId) binding: string,
  ): Promise<CredentialView> {
    return this.auth.approveBinding({ id, bindingId: binding });
  }

  @Delete(':id/bindings/:bindingId')
  @ApiOperation({ operationId: 'revokeBinding' })
  @ApiResponse({ status: 200, type: CredentialView })
  @ApiProblems('ORIGIN_REFUSED', 'NOT_FOUND', 'FORBIDDEN')
  revoke(
    @Param('id', credentialId) id: string,
    @Param('bindingId', bindingId) binding: string,
  ): Promise<CredentialView> {
    return this.auth.revokeBinding({ id, bindingId: binding });
  }
}
