import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import {
  ConnectReply,
  ContextRequest,
  DisconnectRequest,
  MeView,
  RefreshRequest,
  SessionView,
} from '@snowflow/contracts/auth/auth.dto';
import { EndedSessions, SessionListItem } from '@snowflow/contracts/auth/session-list.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems } from '../openapi/responses.decorator';
import type { GatewayRequest } from '../scope/person';
import { clearTokenCookies, REFRESH_COOKIE } from '../security/cookies';
import { Public } from '../security/public.decorator';
import { answerTokens } from './answer-tokens';

const DEAD = new Set(['REFRESH_REUSED', 'SESSION_ENDED', 'SNOWFLAKE_SESSION_ENDED']);

@ApiTags('auth')
@Controller('auth')
export class SessionsController {
  constructor(@InjectClient(authContract) private readonly auth: AuthClient) {}

  @Public()
  @Post('refresh')
  @HttpCode(200)
  @ApiOperation({ operationId: 'refresh', summary: 'New tokens for a refresh token; each one works once' })
  @ApiResponse({ status: 200, type: ConnectReply })
  @ApiProblems(
    'THROTTLED',
    'UNAUTHENTICATED',
    'SESSION_ENDED',
    'SNOWFLAKE_SESSION_ENDED',
    'REFRESH_REUSED',
    'ORIGIN_REFUSED',
  )
  async refresh(
    @Body() body: RefreshRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConnectReply> {
    const refreshToken = body.refreshToken ?? request.cookies[REFRESH_COOKIE];
    if (!refreshToken) throw new AppError('UNAUTHENTICATED', 'Sign in first: there is no refresh token.');
    try {
      return answerTokens(await this.auth.refresh({ refreshToken }), reply, body.refreshToken !== undefined);
    } catch (error) {
      if (error instanceof AppError && DEAD.has(error.code)) clearTokenCookies(reply);
      throw error;
    }
  }

  @Post('disconnect')
  @HttpCode(204)
  @ApiGuarded()
  @ApiOperation({ operationId: 'disconnect', summary: 'Sign out: every token of the session dies at once' })
  @ApiNoContentResponse()
  @ApiProblems('ORIGIN_REFUSED')
  async disconnect(@Body() body: DisconnectRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.auth.disconnect(body);
    clearTokenCookies(reply);
  }

  @Get('me')
  @ApiGuarded()
  @ApiOperation({ operationId: 'me', summary: 'The session, and the roles and warehouses to choose from' })
  @ApiResponse({ status: 200, type: MeView })
  @ApiProblems('SNOWFLAKE_SESSION_ENDED')
  me(): Promise<MeView> {
    return this.auth.me({});
  }

  @Post('context')
  @HttpCode(200)
  @ApiGuarded()
  @ApiOperation({ operationId: 'setContext', summary: 'Take another role, warehouse, database or schema' })
  @ApiResponse({ status: 200, type: SessionView })
  @ApiProblems(
    'SNOWFLAKE_SESSION_ENDED',
    'SNOWFLAKE_ACCESS_DENIED',
    'ORIGIN_REFUSED',
    'SOURCE_NOT_FOUND',
    'ROLE_NEEDS_SIGN_IN',
  )
  context(@Body() body: ContextRequest): Promise<SessionView> {
    return this.auth.context(body);
  }

  @Get('sessions')
  @ApiGuarded()
  @ApiOperation({ operationId: 'listSessions', summary: 'Where you are signed in' })
  @ApiPage(SessionListItem)
  list(): Promise<Page<SessionListItem>> {
    return this.auth.sessions({});
  }

  @Delete('sessions')
  @ApiGuarded()
  @ApiOperation({ operationId: 'endSessions', summary: 'Sign out everywhere, here too' })
  @ApiResponse({ status: 200, type: EndedSessions })
  @ApiProblems('ORIGIN_REFUSED')
  async endAll(@Res({ passthrough: true }) reply: FastifyReply): Promise<EndedSessions> {
    const ended = await this.auth.revokeSessions({});
    clearTokenCookies(reply);
    return ended;
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @ApiGuarded()
  @ApiOperation({ operationId: 'endSession', summary: 'End one of your sessions' })
  @ApiNoContentResponse()
  @ApiProblems('ORIGIN_REFUSED', 'NOT_FOUND')
  async end(
    @Param('id', new OpaqueIdPipe('ses')) sessionId: string,
    @Req() request: GatewayRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.auth.revokeSession({ sessionId });
    if (request.user?.sessionId === sessionId) clearTokenCookies(reply);
  }
}
