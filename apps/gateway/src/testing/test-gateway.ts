import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { authContract } from '@snowflow/contracts/auth/auth.contract';
import { catalogContract } from '@snowflow/contracts/catalog/catalog.contract';
import { newId } from '@snowflow/contracts/documents/new-id';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { parseEnv } from '@snowflow/platform/env/env-schema';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { sessionRecord } from '@snowflow/testing/session-record';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { Responder, startResponder } from '@snowflow/transport/testing/start-responder';
import { Redis, type RedisOptions } from 'ioredis';
import { randomBytes } from 'node:crypto';
import { AppModule } from '../app.module';
import { configureApp } from '../configure-app';
import { httpOptions } from '../http-options';
import { gatewayEnv } from '../env';
import { TokenMint } from './token-mint';

/** A gateway on a port of its own, over a real Redis, with stand-ins for the services behind it. */
export interface TestGateway {
  url: string;
  app: NestFastifyApplication;
  redis: Redis;
  redisUrl: string;
  mint: TokenMint;
  /** The platform's key ring. */
  sealer: KeyRing;
  auth: Responder<typeof authContract>;
  catalog: Responder<typeof catalogContract>;
  workflow: Responder<typeof workflowContract>;
  /** Signs somebody in: a session in Redis and a token of it. */
  signIn(): Promise<{ session: SessionRecord; token: string; headers: Record<string, string> }>;
  stop(): Promise<void>;
}

export async function startGateway(
  variables: Record<string, string> = {},
  patience?: RedisOptions,
): Promise<TestGateway> {
  const server = await startRedis();
  const mint = new TokenMint();
  const sealingKeys = `test:${randomBytes(32).toString('base64')}`;
  const env = parseEnv(gatewayEnv, {
    REDIS_URL: server.url,
    SEALING_KEYS: sealingKeys,
    JWT_PUBLIC_KEYS: mint.publicKeys(),
    CONNECTIONS_ROWS_URLS: 'http://127.0.0.1:9',
    ...variables,
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(env, patience),
    new FastifyAdapter(httpOptions(env)),
    {
      logger: false,
    },
  );
  await configureApp(app, env);
  await app.listen(0, '127.0.0.1');
  const redis = new Redis(env.REDIS_URL, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  const wire = { url: env.REDIS_URL, sealer: new KeyRing(sealingKeys) };
  const auth = await startResponder(authContract, {}, wire);
  const catalog = await startResponder(catalogContract, {}, wire);
  const workflow = await startResponder(workflowContract, {}, wire);
  const sessions = new SessionStore(redis);
  return {
    url: await app.getUrl(),
    app,
    redis,
    redisUrl: env.REDIS_URL,
    mint,
    sealer: wire.sealer,
    auth,
    catalog,
    workflow,
    async signIn() {
      const session = ownerSession();
      await sessions.save(session, 600);
      const token = mint.tokenOf(session);
      return { session, token, headers: { authorization: `Bearer ${token}` } };
    },
    async stop() {
      await app.close();
      await Promise.all([auth.stop(), catalog.stop(), workflow.stop()]);
      redis.disconnect();
      await server.stop();
    },
  };
}

/** A session of somebody who owns a tenant of their own. */
export function ownerSession(): SessionRecord {
  return sessionRecord({ tenantId: newId('ten'), userId: newId('usr'), appRole: 'owner' });
}
