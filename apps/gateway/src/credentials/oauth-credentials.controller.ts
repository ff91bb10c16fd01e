import { Body, Controller, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { OauthCredentialBody, OauthCredentialReply } from '@snowflow/contracts/auth/credentials.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { FastifyReply } from 'fastify';
import { callbackUri } from '../auth/callback-uri';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';
import { setOauthCookie } from '../security/cookies';
import { PUBLIC_URL } from '../tokens';

/** OAuth refresh tokens as stored credentials: what the provider gives comes by the callback of every OAuth sign-in. */
@ApiTags('credentials')
@ApiGuarded()
@Controller('credentials/oauth')
export class OauthCredentialsController {
  private readonly redirectUri: string;

  constructor(
    @InjectClient(authContract) private readonly auth: AuthClient,
    @Inject(PUBLIC_URL) publicUrl: string,
  ) {
    this.redirectUri = callbackUri(publicUrl);
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'storeOauthCredential',
    summary: 'Begins at the provider; kept once the browser has come back and Snowflake has let it in as you',
  })
  @ApiResponse({ status: 200, type: OauthCredentialReply, description: 'Also sets the cookie of this browser' })
  @ApiProblems(
    'ORIGIN_REFUSED',
    'FORBIDDEN',
    'METHOD_REFUSED',
    'NOT_FOUND',
    'OAUTH_NOT_SET_UP',
    'SNOWFLAKE_UNREACHABLE',
  )
  async start(
    @Body() body: OauthCredentialBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OauthCredentialReply> {
    const { authorizeUrl, binding } = await this.auth.startOauthCredential({ ...body, redirectUri: this.redirectUri });
    setOauthCookie(reply, authorizeUrl, binding);
    void reply.header('cache-control', 'no-store');
    return { authorizeUrl };
  }
}
