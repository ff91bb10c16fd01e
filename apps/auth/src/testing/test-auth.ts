import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { parseEnv } from '@snowflow/platform/env/env-schema';
import { migrate } from '@snowflow/platform/postgres/migrate';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { startPostgres } from '@snowflow/testing/ephemeral-postgres';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { createClient } from '@snowflow/transport/create-client';
import { RedisStreamsServer } from '@snowflow/transport/redis-streams.server';
import { RpcCaller } from '@snowflow/transport/rpc-caller';
import { Responder, startResponder } from '@snowflow/transport/testing/start-responder';
import { Redis } from 'ioredis';
import { generateKeyPairSync, KeyObject, randomBytes } from 'node:crypto';
import { AppModule } from '../app.module';
import { authEnv } from '../env';
import { AUTH_SCHEMA, authMigrations } from '../storage/migrations';

/** The auth service over real Redis and Postgres, asked by RPC, with stand-ins for those it asks. */
export interface TestAuth {
  client: AuthClient;
  connections: Responder<typeof connectionsContract>;
  workflow: Responder<typeof workflowContract>;
  redis: Redis;
  databaseUrl: string;
  publicKey: KeyObject;
  stop(): Promise<void>;
}

export async function startAuth(settings: Record<string, string> = {}): Promise<TestAuth> {
  const [redisServer, database] = await Promise.all([startRedis(), startPostgres()]);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const sealingKeys = `test:${randomBytes(32).toString('base64')}`;
  const env = parseEnv(authEnv, {
    REDIS_URL: redisServer.url,
    DATABASE_URL: database.url,
    SEALING_KEYS: sealingKeys,
    JWT_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ...settings,
  });
  await migrate({ url: database.url, schema: AUTH_SCHEMA, migrations: authMigrations });
  const wire = { url: redisServer.url, sealer: new KeyRing(sealingKeys) };
  const app = await NestFactory.create(AppModule.forRoot(env, wire.sealer), new FastifyAdapter(), { logger: false });
  const strategy = new RedisStreamsServer({ ...wire, contract: authContract, drainTimeoutMs: 500 });
  app.connectMicroservice<MicroserviceOptions>({ strategy }, { inheritAppConfig: true });
  await app.startAllMicroservices();
  await app.init();
  const connections = await startResponder(connectionsContract, {}, wire);
  const workflow = await startResponder(workflowContract, {}, wire);
  const caller = new RpcCaller({ redisUrl: wire.url, sealer: wire.sealer });
  const redis = new Redis(redisServer.url);
  return {
    client: createClient(authContract, caller),
    connections,
    workflow,
    redis,
    databaseUrl: database.url,
    publicKey,
    async stop() {
      await caller.close();
      await app.close();
      await connections.stop();
      await workflow.stop();
      redis.disconnect();
      await Promise.all([redisServer.stop(), database.stop()]);
    },
  };
}
