import type { MicroserviceOptions } from '@nestjs/microservices';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CatalogClient, catalogContract } from '@snowflow/contracts/catalog/catalog.contract';
import { authContract } from '@snowflow/contracts/auth/auth.contract';
import { connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { newId } from '@snowflow/contracts/documents/new-id';
import { NO_POLICIES } from '@snowflow/contracts/policies/tenant-policies';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { parseEnv } from '@snowflow/platform/env/env-schema';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { sessionRecord } from '@snowflow/testing/session-record';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { createClient } from '@snowflow/transport/create-client';
import { RedisStreamsServer } from '@snowflow/transport/redis-streams.server';
import { RpcCaller } from '@snowflow/transport/rpc-caller';
import { Responder, startResponder } from '@snowflow/transport/testing/start-responder';
import { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';
import { AppModule } from '../app.module';
import { catalogEnv } from '../env';

/** The catalog service over a real Redis, asked by RPC, with a stand-in for connection-manager. */
export interface TestCatalog {
  client: CatalogClient;
  connections: Responder<typeof connectionsContract>;
  auth: Responder<typeof authContract>;
  sessions: SessionStore;
  redis: Redis;
  sealer: KeyRing;
  stop(): Promise<void>;
}

export async function startCatalog(): Promise<TestCatalog> {
  const server = await startRedis();
  const sealingKeys = `test:${randomBytes(32).toString('base64')}`;
  const env = parseEnv(catalogEnv, { REDIS_URL: server.url, SEALING_KEYS: sealingKeys });
  const wire = { url: server.url, sealer: new KeyRing(sealingKeys) };
  const app = await NestFactory.create(AppModule.forRoot(env, wire.sealer), new FastifyAdapter(), { logger: false });
  const strategy = new RedisStreamsServer({ ...wire, contract: catalogContract, drainTimeoutMs: 500 });
  app.connectMicroservice<MicroserviceOptions>({ strategy }, { inheritAppConfig: true });
  await app.startAllMicroservices();
  await app.init();
  const connections = await startResponder(connectionsContract, {}, wire);
  const auth = await startResponder(authContract, { policiesInForce: () => Promise.resolve(NO_POLICIES) }, wire);
  const caller = new RpcCaller({ redisUrl: wire.url, sealer: wire.sealer });
  const redis = new Redis(server.url);
  return {
    client: createClient(catalogContract, caller),
    connections,
    auth,
    sessions: new SessionStore(redis),
    redis,
    sealer: wire.sealer,
    async stop() {
      await caller.close();
      await app.close();
      await connections.stop();
      await auth.stop();
      redis.disconnect();
      await server.stop();
    },
  };
}

export function sessionOf(role: string): SessionRecord {
  return sessionRecord({
    tenantId: newId('ten'),
    userId: newId('usr'),
    context: { role, secondaryRoles: 'NONE', warehouse: 'DEMO_WH', database: null, schema: null },
  });
}
