import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { randomBytes, randomUUID } from 'node:crypto';
import type { OpenedSession, SubmitRequest } from '@snowflow/contracts/connections/connections.dto';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { DEFAULT_TENANT_LIMITS, type TenantLimits } from '@snowflow/contracts/sessions/tenant-limits';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { LimitsInForce } from '@snowflow/platform/sessions/limits-in-force';
import { TenantLimitsStore } from '@snowflow/platform/sessions/tenant-limits-store';
import { tenantIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { newId } from '@snowflow/contracts/documents/new-id';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import type { Redis } from 'ioredis';
import { ConnectionManagerModule, type ConnectionManagerOptions } from '../app.module';
import type { SessionRef } from '../sessions/sealed-session.repository';
import { SessionClosingService } from '../sessions/session-closing.service';
import { SessionsService } from '../sessions/sessions.service';
import { SessionOpeningService } from '../sign-in/session-opening.service';
import { StatementsService } from '../statements/statements.service';

export const sealer = new KeyRing(`spec:${randomBytes(32).toString('base64')}`);

/** Each save of limits is a newer version. */
let savedLimits = 0;

/** One connection-manager in this process, without its RPC server. */
export class Replica {
  private constructor(readonly app: INestApplicationContext) {}

  static async start(options: { redisUrl: string; demoOrigin: string } & Partial<ConnectionManagerOptions>) {
    const module = ConnectionManagerModule.forRoot({
      sealer,
      accountAllowList: [],
      rows: { host: '127.0.0.1', port: 0 },
      liveSessions: { max: 100, idleMs: 60_000 },
      heartbeatMs: 900_000,
      liveCheckSeconds: 240,
      ...options,
    });
    const testing = await Test.createTestingModule({ imports: [module] })
      .overrideProvider(LimitsInForce)
      .useFactory({
        inject: [REDIS],
        // Auth is not there to be asked: what no spec limits has its default.
        factory: (redis: Redis) => new LimitsInForce(new TenantLimitsStore(redis), async () => DEFAULT_TENANT_LIMITS),
      })
      .compile();
    return new Replica(await testing.init());
  }

  get sessions(): SessionsService {
    return this.app.get(SessionsService);
  }

  get closing(): SessionClosingService {
    return this.app.get(SessionClosingService);
  }

  get statements(): StatementsService {
    return this.app.get(StatementsService);
  }

  async signIn(more: object = {}): Promise<{ ref: SessionRef; opened: OpenedSession; context: PinnedContext }> {
    const sessionId = newId('ses');
    const opened = await this.app.get(SessionOpeningService).open({
      sessionId,
      account: 'demo',
      authenticator: 'password',
      username: 'demo',
      password: 'demo',
      ...more,
    });
    return { ref: { tenantId: tenantIdOf(opened.account), sessionId }, opened, context: opened.context };
  }

  /** Must stand before the tenant's first statement: limits that are known hold for a moment. */
  async limit({ tenantId }: SessionRef, limits: Partial<TenantLimits>): Promise<void> {
    savedLimits += 1;
    await new TenantLimitsStore(this.app.get<Redis>(REDIS)).save(tenantId, savedLimits, limits);
  }

  submit(ref: SessionRef, context: PinnedContext, sql: string, more: Partial<SubmitRequest> = {}) {
    const tag = { run: 'run_spec', effect: randomUUID() };
    const request = { sql, binds: [], context, requestId: randomUUID(), tag, timeoutSeconds: 60, ...more };
    return this.statements.submitAndWait(ref, request);
  }

  /** Submits and waits to the end. */
  async run(ref: SessionRef, context: PinnedContext, sql: string, more: Partial<SubmitRequest> = {}) {
    const { queryId } = await this.submit(ref, context, sql, more);
    for (;;) {
      const status = await this.statements.wait(ref, { queryId, context, waitMs: 10_000 });
      if (status.state !== 'running') return status;
    }
  }

  stop(): Promise<void> {
    return this.app.close();
  }
}
