import { AsyncResource } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import type { ConnectReply, SignInRequest } from '@snowflow/contracts/auth/auth.dto';
import { newId } from '@snowflow/contracts/documents/new-id';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { FastifyReply } from 'fastify';

/** A pushed request is open for a minute at Snowflake. */
const PATIENCE_MS = 75_000;

/** A sign-in that waits for the person to approve it elsewhere. Who hangs up meanwhile is not signed in when it is approved later. */
@Injectable()
export class PushedSignIn {
  constructor(@InjectClient(authContract) private readonly auth: AuthClient) {}

  async connect(signIn: SignInRequest, reply: FastifyReply): Promise<Required<ConnectReply>> {
    const attemptId = newId('att');
    // A connection closes outside of its request's scope, without which no service can be asked.
    const abandon = AsyncResource.bind(() => {
      if (!reply.raw.writableEnded) void this.auth.abandon({ attemptId }).catch(() => undefined);
    });
    reply.raw.once('close', abandon);
    try {
      return await this.auth.connect({ ...signIn, attemptId }, { deadlineMs: PATIENCE_MS });
    } finally {
      reply.raw.off('close', abandon);
    }
  }
}
