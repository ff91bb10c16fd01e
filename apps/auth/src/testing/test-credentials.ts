import { Module } from '@nestjs/common';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import type { AppRole, SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { parseEnv } from '@snowflow/platform/env/env-schema';
import { migrate } from '@snowflow/platform/postgres/migrate';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { startPostgres } from '@snowflow/testing/ephemeral-postgres';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { sessionRecord } from '@snowflow/testing/session-record';
import { createClient } from '@snowflow/transport/create-client';
import { RedisStreamsServer } from '@snowflow/transport/redis-streams.server';
import { runInScope } from '@snowflow/transport/request-scope';
import { RpcCaller } from '@snowflow/transport/rpc-caller';
import { Responder, startResponder } from '@snowflow/transport/testing/start-responder';
import { Redis } from 'ioredis';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { CoreModule } from '../core.module';
import { CredentialsModule } from '../credentials/credentials.module';
import { authEnv } from '../env';
import { MemberDepartures } from '../members/member-departures';
import { OauthModule } from '../oauth/oauth.module';
import { SecretsModule } from '../secrets/secrets.module';
import { AUTH_SCHEMA, authMigrations } from '../storage/migrations';

/** The part of auth that keeps credentials and keys, over real Redis and Postgres, asked by RPC, with stand-ins for its neighbours. */
export interface TestCredentials {
  client: AuthClient;
  connections: Responder<typeof connectionsContract>;
  workflow: Responder<typeof workflowContract>;
  sessions: SessionStore;
  departures: MemberDepartures;
  /** Makes a member of the demo account's tenant, and signs them in. */
  person(username: string, appRole?: AppRole): Promise<SessionRecord>;
  as<T>(record: SessionRecord, work: () => Promise<T>): Promise<T>;
  /** As the scheduler asks: for a tenant, without a person. */
  inTenant<T>(tenantId: string, work: () => Promise<T>): Promise<T>;
  sql(text: string, values?: unknown[]): Promise<unknown[]>;
  /** Every log line, as what was handed to the logger. */
  logged: string[];
  /** Every row of auth's tables, and every value in Redis. */
  dump(): Promise<string>;
  stop(): Promise<void>;
}

@Module({})
class TestModule {}

export async function startCredentials(settings: Record<string, string> = {}): Promise<TestCredentials> {
  const [redisServer, database] = await Promise.all([startRedis(), startPostgres()]);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const env = parseEnv(authEnv, {
    REDIS_URL: redisServer.url,
    DATABASE_URL: database.url,
    SEALING_KEYS: `test:${randomBytes(32).toString('base64')}`,
    JWT_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ...settings,
  });
  await migrate({ url: database.url, schema: AUTH_SCHEMA, migrations: authMigrations });
  const wire = { url: redisServer.url, sealer: new KeyRing(env.SEALING_KEYS) };
  const core = [CoreModule.forRoot(env, wire.sealer), SecretsModule.forRoot(env)];
  const imports = [...core, CredentialsModule, OauthModule];
  const logged: string[] = [];
  const log = (...parts: unknown[]) => void logged.push(JSON.stringify(parts));
  const logger = { log, error: log, warn: log, debug: log, verbose: log, fatal: log };
  const app = await NestFactory.create({ module: TestModule, imports }, new FastifyAdapter(), { logger });
  const strategy = new RedisStreamsServer({ ...wire, contract: authContract, drainTimeoutMs: 500 });
  app.connectMicroservice<MicroserviceOptions>({ strategy }, { inheritAppConfig: true });
  await app.startAllMicroservices();
  await app.init();
  const connections = await startResponder(connectionsContract, {}, wire);
  const workflow = await startResponder(workflowContract, {}, wire);
  const caller = new RpcCaller({ redisUrl: wire.url, sealer: wire.sealer });
  const redis = new Redis(redisServer.url);
  const owner = new Client({ connectionString: database.url });
  await owner.connect();
  const sessions = new SessionStore(redis);
  const sql = async (text: string, values: unknown[] = []) => (await owner.query(text, values)).rows as unknown[];

  return {
    client: createClient(authContract, caller),
    connections,
    workflow,
    sessions,
    logged,
    departures: app.get(MemberDepartures, { strict: false }),
    sql,
    async person(username, appRole = 'builder') {
      const record = sessionRecord({ username, appRole });
      const { tenantId, userId } = record;
      await sql(`SELECT set_config('app.tenant_id', $1, false)`, [tenantId]);
      await sql(
        `INSERT INTO auth.tenants (tenant_id, organization, region, locator) VALUES ($1, 'SNOWFLOW', 'LOCAL', 'DEMO')
         ON CONFLICT DO NOTHING`,
        [tenantId],
      );
      await sql(`INSERT INTO auth.users (tenant_id, id, username, app_role) VALUES ($1, $2, $3, $4)`, [
        tenantId,
        userId,
        username,
        appRole,
      ]);
      await sessions.save(record);
      return record;
    },
    as: ({ tenantId, id, userId }, work) =>
      runInScope({ context: { correlationId: 'spec', tenantId, sessionId: id, userId } }, work),
    inTenant: (tenantId, work) => runInScope({ context: { correlationId: 'spec', tenantId } }, work),
    async dump() {
      const tables = (await sql(`SELECT tablename FROM pg_tables WHERE schemaname = 'auth'`)) as {
        tablename: string;
      }[];
      const texts: unknown[] = [];
      for (const { tablename } of tables) texts.push(await sql(`SELECT * FROM auth.${tablename}`));
      for (const key of await redis.keys('*')) {
        const type = await redis.type(key);
        if (type === 'string') texts.push(await redis.get(key));
        else if (type === 'stream') texts.push(await redis.xrange(key, '-', '+'));
      }
      return JSON.stringify(texts);
    },
    async stop() {
      await caller.close();
      await app.close();
      await connections.stop();
      await workflow.stop();
      await owner.end();
      redis.disconnect();
      await Promise.all([redisServer.stop(), database.stop()]);
    },
  };
}
