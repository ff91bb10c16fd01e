import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CortexReply, CortexRequest } from '@snowflow/contracts/connections/cortex.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { SnowflakeFailure } from '../driver/snowflake-failure';
import { Egress } from '../net/egress';
import { ContextCoordinator } from '../sessions/context-coordinator';
import type { LiveSession } from '../sessions/live-session';
import { RunningStatements } from '../sessions/running-statements';
import type { SessionRef } from '../sessions/sealed-session.repository';
import { SessionAccess } from '../sessions/session-access';
import { contextHeaders, needsDefaultRole, requireDefaultRole } from './cortex-context';
import { cortexPath } from './cortex-path';
import { CortexRest } from './cortex-rest';
import { DefaultRoles } from './default-roles';

/**
 * Asks Cortex's REST services as a person. What is asked counts as a statement that runs in its context: the session's role is the
 * pinned one as long as it lasts, whichever of session, header and default role an endpoint goes by.
 */
@Injectable()
export class CortexService {
  constructor(
    private readonly access: SessionAccess,
    private readonly contexts: ContextCoordinator,
    private readonly running: RunningStatements,
    private readonly roles: DefaultRoles,
    private readonly rest: CortexRest,
    private readonly egress: Egress,
  ) {}

  async ask(ref: SessionRef, { runId, context, body, timeoutMs, ...asked }: CortexRequest): Promise<CortexReply> {
    const exchange = { path: cortexPath(asked), headers: contextHeaders(context), body, timeoutMs };
    if (needsDefaultRole(asked.service) && !(await this.isLocal(ref))) {
      requireDefaultRole(asked.service, context.role, await this.roles.of(ref, context));
    }
    const id = randomUUID();
    const version = await this.contexts.enter(ref, context, id, { runId, checksLive: true });
    try {
      const post = onceMore((session) => this.rest.post(session, exchange));
      return { body: await this.access.use(ref, post, version) };
    } finally {
      this.running.leave(ref, id);
    }
  }

  /** The local warehouse honours the header. */
  private isLocal(ref: SessionRef): Promise<boolean> {
    return this.access.use(ref, ({ endpoint }) => Promise.resolve(this.egress.trusts(endpoint.origin)));
  }
}

/** A token that was refused is renewed once; where the new one is refused as well, it is not the token. */
function onceMore<Result>(work: (session: LiveSession) => Promise<Result>): (session: LiveSession) => Promise<Result> {
  let isRenewed = false;
  return async (session) => {
    try {
      return await work(session);
    } catch (error) {
      const isRefused = error instanceof SnowflakeFailure && error.kind === 'session';
      if (!isRefused || !isRenewed) {
        isRenewed = true;
        throw error;
      }
      throw new AppError(
        'CORTEX_FAILED',
        'Cortex does not take the way you signed in to Snowflake. Sign in another way.',
      );
    }
  };
}
