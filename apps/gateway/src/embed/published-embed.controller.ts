import { Body, Controller, Header, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { parseInput } from '@snowflow/contracts/dto/parse-input';
import { EmbedTokenView } from '@snowflow/contracts/auth/embed.dto';
import { PublishedEmbedBody } from '@snowflow/contracts/workflow/embed.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { ApiProblems } from '../openapi/responses.decorator';
import { CallingKeys } from '../published/calling-keys';
import type { GatewayRequest } from '../scope/person';
import { Public } from '../security/public.decorator';

/** Tokens for hosts that have an API key and nobody signed in. To make one counts as a call of the key. */
@ApiTags('published')
@ApiSecurity('api-key')
@ApiProblems('UNAUTHENTICATED', 'KEY_EXPIRED', 'NOT_FOUND', 'THROTTLED', 'UNAVAILABLE', 'DEADLINE_EXCEEDED')
@Public()
@SkipThrottle()
@Controller('published/:slug/embed-tokens')
export class PublishedEmbedController {
  constructor(
    @InjectClient(workflowContract) private readonly workflows: WorkflowClient,
    private readonly keys: CallingKeys,
  ) {}

  @Post()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'createPublishedEmbedToken',
    summary: 'A token to show what is published in another page',
  })
  @ApiBody({ type: PublishedEmbedBody })
  @ApiResponse({ status: 201, type: EmbedTokenView })
  @ApiProblems('VALIDATION', 'KEY_LIMIT_REACHED')
  create(@Param('slug') slug: string, @Body() body: unknown, @Req() request: GatewayRequest): Promise<EmbedTokenView> {
    // Who has no key is told so, whatever else is wrong.
    return this.keys.as(request, true, async (key) =>
      this.workflows.embedToken({ ...parseInput(PublishedEmbedBody, body ?? {}), slug, key }),
    );
  }
}
