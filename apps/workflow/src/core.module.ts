import { BullModule } from '@nestjs/bullmq';
import { DynamicModule, Global, Module } from '@nestjs/common';
import { type AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { catalogContract } from '@snowflow/contracts/catalog/catalog.contract';
import { connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { redisTarget } from '@snowflow/contracts/redis/redis-target';
import { EVERY_CONNECTION } from '@snowflow/contracts/rpc/every-connection';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { RUN_QUEUE } from '@snowflow/contracts/runs/run-job';
import { DATABASE } from '@snowflow/platform/postgres/postgres.module';
import { PoliciesInForce } from '@snowflow/platform/policies/policies-in-force';
import { TenantPoliciesStore } from '@snowflow/platform/policies/tenant-policies-store';
import { REDIS, RedisModule } from '@snowflow/platform/redis/redis.module';
import { KnownLimits } from '@snowflow/platform/sessions/known-limits';
import { LimitsInForce } from '@snowflow/platform/sessions/limits-in-force';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { TenantLimitsStore } from '@snowflow/platform/sessions/tenant-limits-store';
import { currentPerson, runForTenant } from '@snowflow/transport/request-scope';
import { clientToken } from '@snowflow/transport/inject-client.decorator';
import { TransportModule } from '@snowflow/transport/transport.module';
import type { Redis } from 'ioredis';
import { ChangeLog } from './audit/change-log';
import { BudgetsRepository } from './budget/budgets.repository';
import type { PostgresOptions } from '@snowflow/platform/postgres/app-pool';
import { openStore, WorkflowStore } from './database/workflow-store';
import { LeasesRepository } from './execution/leases.repository';
import { RunEnder } from './execution/run-ender';
import { RunRecordRepository } from './execution/run-record.repository';
import { UnheldCancels } from './execution/unheld-cancels';
import { MODEL_ENDPOINT, type ModelEndpoint } from './models/model-endpoint';
import { Explainer } from './preview/explainer';
import { type RunPlaces, RunPlacesOfTenants } from './queue/run-places';
import { RunQueueRepository } from './queue/run-queue.repository';
import { RunNews } from './queue/run-news';
import { RunWaker } from './queue/run-waker';
import { SEALER } from './sealer';

/** Longer than any wait for a wake-up; a connection that looks open and brings nothing for so long is made anew. */
const QUEUE_SILENT_MS = 15_000;

/** What the service and the worker have in common. */
export interface CoreOptions {
  redisUrl: string;
  store: PostgresOptions;
  sealer: Sealer;
  /** Of each tenant that has no limits of its own. */
  places: RunPlaces;
  /** Models beside those of Cortex. */
  modelEndpoint?: ModelEndpoint;
}

/** The database, Redis, the queue, the sessions and the clients of other services. */
@Global()
@Module({})
export class CoreModule {
  static forRoot({ redisUrl, store, sealer, places, modelEndpoint }: CoreOptions): DynamicModule {
    return {
      module: CoreModule,
      imports: [
        RedisModule.forRoot(redisUrl),
        TransportModule.forRoot({ redisUrl, sealer, clients: [authContract, catalogContract, connectionsContract] }),
        BullModule.forRoot({
          connection: {
            ...redisTarget(redisUrl),
            ...EVERY_CONNECTION,
            maxRetriesPerRequest: null,
            socketTimeout: QUEUE_SILENT_MS,
          },
        }),
        BullModule.registerQueue({
          name: RUN_QUEUE,
          // The queue keeps nothing: what a job names stands in Postgres.
          defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
          streams: { events: { maxLen: 100 } },
        }),
      ],
      providers: [
        { provide: WorkflowStore, useFactory: () => openStore(store) },
        // By this name the health checks find it.
        { provide: DATABASE, inject: [WorkflowStore], useFactory: (own: WorkflowStore) => own.acrossTenants },
        { provide: SessionStore, inject: [REDIS], useFactory: (redis: Redis) => new SessionStore(redis) },
        { provide: SEALER, useValue: sealer },
        { provide: MODEL_ENDPOINT, useValue: modelEndpoint },
        {
          provide: LimitsInForce,
          inject: [REDIS, clientToken(authContract)],
          useFactory: (redis: Redis, auth: AuthClient) =>
            new LimitsInForce(new TenantLimitsStore(redis), (tenantId) =>
              runForTenant(tenantId, () => auth.limitsInForce({})),
            ),
        },
        KnownLimits,
        {
          provide: RunPlacesOfTenants,
          inject: [KnownLimits],
          useFactory: (limits: KnownLimits) => new RunPlacesOfTenants(limits, places),
        },
        {
          provide: PoliciesInForce,
          inject: [REDIS, clientToken(authContract), SessionStore],
          useFactory: (redis: Redis, auth: AuthClient, sessions: SessionStore) =>
            new PoliciesInForce(
              new TenantPoliciesStore(redis),
              auth,
              async () => (await sessions.find(currentPerson().sessionId))?.appRole,
            ),
        },
        ChangeLog,
        BudgetsRepository,
        Explainer,
        LeasesRepository,
        RunRecordRepository,
        RunEnder,
        UnheldCancels,
        RunQueueRepository,
        RunWaker,
        RunNews,
      ],
      exports: [
        WorkflowStore,
        DATABASE,
        SessionStore,
        SEALER,
        MODEL_ENDPOINT,
        LimitsInForce,
        PoliciesInForce,
        ChangeLog,
        BudgetsRepository,
        Explainer,
        KnownLimits,
        RunPlacesOfTenants,
        LeasesRepository,
        RunRecordRepository,
        RunEnder,
        UnheldCancels,
        RunQueueRepository,
        RunWaker,
        RunNews,
      ],
    };
  }
}
