import { ThrottlerStorageRedisService } from '@nest-lab/throttler-storage-redis';
import { DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { ThrottlerModule } from '@nestjs/throttler';
import { authContract } from '@snowflow/contracts/auth/auth.contract';
import { catalogContract } from '@snowflow/contracts/catalog/catalog.contract';
import { workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { PROMPT, REDIS, RedisModule } from '@snowflow/platform/redis/redis.module';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { RowsClient } from '@snowflow/platform/rows/rows-client';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { TransportModule } from '@snowflow/transport/transport.module';
import type { Redis, RedisOptions } from 'ioredis';
import { Admission } from './admission/admission';
import { admissions } from './admission/admission-metrics';
import { MembersController } from './admin/members.controller';
import { OauthClientsController } from './admin/oauth-clients.controller';
import { PoliciesController } from './admin/policies.controller';
import { ScratchTablesController } from './admin/scratch-tables.controller';
import { TenantApiKeysController } from './admin/tenant-api-keys.controller';
import { TenantSessionsController } from './admin/tenant-sessions.controller';
import { TowerController } from './admin/tower.controller';
import { SettingsController } from './admin/settings.controller';
import { OutsideController } from './admin/outside.controller';
import { TenantSchedulesController } from './admin/schedules.controller';
import { SchedulesController } from './schedules/schedules.controller';
import { WebhookKeyController } from './admin/webhook-key.controller';
import { AuditController } from './audit/audit.controller';
import { AuditLogs } from './audit/audit-logs';
import { ApiKeysController } from './auth/api-keys.controller';
import { JwksController } from './auth/jwks.controller';
import { OauthController } from './auth/oauth.controller';
import { OwnershipController } from './auth/ownership.controller';
import { PushedSignIn } from './auth/pushed-sign-in';
import { SessionsController } from './auth/sessions.controller';
import { SignInController } from './auth/sign-in.controller';
import { CatalogController } from './catalog/catalog.controller';
import { SemanticModelsController } from './catalog/semantic-models.controller';
import { CredentialsController } from './credentials/credentials.controller';
import { OauthCredentialsController } from './credentials/oauth-credentials.controller';
import { EmbedController } from './embed/embed.controller';
import { EmbedSettingsController } from './embed/embed-settings.controller';
import { EmbedTokensController } from './embed/embed-tokens.controller';
import { EmbedViewers } from './embed/embed-viewers';
import { FrameParents } from './embed/frame-parents';
import { PublishedEmbedController } from './embed/published-embed.controller';
import type { GatewayEnv } from './env';
import { HealthController } from './health/health.controller';
import { ProblemFilter } from './problems/problem.filter';
import { CallCounts } from './published/call-counts';
import { CallingKeys } from './published/calling-keys';
import { PublicationsController } from './published/publications.controller';
import { PublishedController } from './published/published.controller';
import { PublishedWaiting } from './published/published-waiting';
import { RowsProxy } from './rows/rows-proxy';
import { OpenStreams } from './runs/open-streams';
import { RunEventsController } from './runs/run-events.controller';
import { RunNews } from './runs/run-news';
import { SpokenTexts } from './runs/spoken-texts';
import { RunResultsController } from './runs/run-results.controller';
import { RunStartController } from './runs/run-start.controller';
import { RunWaiting } from './runs/run-waiting';
import { AgentTraceController } from './runs/agent-trace.controller';
import { ApprovalsController } from './runs/approvals.controller';
import { RunsController } from './runs/runs.controller';
import { ScopeInterceptor } from './scope/scope.interceptor';
import { AccessGuard } from './security/access.guard';
import { AccessTokenStrategy } from './security/access-token.strategy';
import { OriginGuard } from './security/origin.guard';
import { OriginPolicy } from './security/origin-policy';
import { PublicKeys } from './security/public-keys';
import { TemplatesController } from './templates/templates.controller';
import { FailedConnects } from './throttling/failed-connects';
import { RefusedRequests } from './throttling/refused-requests';
import { SessionThrottlerGuard } from './throttling/session-throttler.guard';
import { CALLS_PER_MINUTE, NATIVE_APP, PUBLIC_URL, REQUESTS_PER_MINUTE, STREAMS_PER_SESSION } from './tokens';
import { CostController } from './workflows/cost.controller';
import { ConsentsController } from './workflows/consents.controller';
import { DraftsController } from './workflows/drafts.controller';
import { ModelsController } from './workflows/models.controller';
import { DeployController } from './workflows/deploy.controller';
import { TransferController } from './transfer/transfer.controller';
import { RevisionsController } from './revisions/revisions.controller';
import { SharingController } from './sharing/sharing.controller';
import { WorkflowsController } from './workflows/workflows.controller';

const MINUTE_MS = 60_000;

/** Never the request's own Host, which anybody may write. */
const publicUrl = ({ PUBLIC_URL, PORT }: GatewayEnv) => (PUBLIC_URL || `http://localhost:${PORT}`).replace(/\/+$/, '');

function admissionOf({ REQUESTS_AT_ONCE, REQUESTS_IN_LINE, REQUEST_PATIENCE_MS }: GatewayEnv): Admission {
  const admission = new Admission({
    atOnce: REQUESTS_AT_ONCE,
    inLine: REQUESTS_IN_LINE,
    patienceMs: REQUEST_PATIENCE_MS,
  });
  admissions.add(admission);
  return admission;
}

@Module({})
export class AppModule {
  /** The guards run in this order: where from, who, how often. */
  static forRoot(env: GatewayEnv, patience: RedisOptions = PROMPT): DynamicModule {
    return {
      module: AppModule,
      imports: [
        RedisModule.forRoot(env.REDIS_URL, patience),
        PassportModule,
        TransportModule.forRoot({
          redisUrl: env.REDIS_URL,
          sealer: new KeyRing(env.SEALING_KEYS),
          clients: [authContract, catalogContract, workflowContract],
        }),
        ThrottlerModule.forRootAsync({
          inject: [REDIS],
          useFactory: (redis: Redis) => ({
            throttlers: [{ ttl: MINUTE_MS, limit: env.THROTTLE_REQUESTS_PER_MINUTE }],
            storage: new ThrottlerStorageRedisService(redis),
          }),
        }),
      ],
      controllers: [
        SignInController,
        OauthController,
        SessionsController,
        ApiKeysController,
        OwnershipController,
        JwksController,
        SettingsController,
        WebhookKeyController,
        OutsideController,
        TenantSchedulesController,
        SchedulesController,
        PoliciesController,
        ScratchTablesController,
        AuditController,
        TowerController,
        TenantApiKeysController,
        TenantSessionsController,
        MembersController,
        OauthClientsController,
        CredentialsController,
        OauthCredentialsController,
        CatalogController,
        SemanticModelsController,
        RunStartController,
        CostController,
        ConsentsController,
        DraftsController,
        ModelsController,
        TransferController,
        WorkflowsController,
        TemplatesController,
        RevisionsController,
        SharingController,
        DeployController,
        RunsController,
        ApprovalsController,
        RunEventsController,
        RunResultsController,
        AgentTraceController,
        PublicationsController,
        PublishedController,
        PublishedEmbedController,
        EmbedSettingsController,
        EmbedTokensController,
        EmbedController,
        HealthController,
      ],
      providers: [
        { provide: PublicKeys, useFactory: () => new PublicKeys(env.JWT_PUBLIC_KEYS) },
        { provide: OriginPolicy, useFactory: () => new OriginPolicy(env.PUBLIC_ORIGINS) },
        { provide: RowsProxy, useFactory: () => new RowsProxy(new RowsClient(env.CONNECTIONS_ROWS_URLS)) },
        { provide: SessionStore, inject: [REDIS], useFactory: (redis: Redis) => new SessionStore(redis) },
        { provide: SpokenTexts, useFactory: () => new SpokenTexts(new KeyRing(env.SEALING_KEYS)) },
        { provide: RunNews, inject: [REDIS], useFactory: (redis: Redis) => new RunNews(redis) },
        {
          provide: FailedConnects,
          inject: [REDIS],
          useFactory: (redis: Redis) =>
            new FailedConnects(redis, env.THROTTLE_CONNECTS_PER_MINUTE, env.THROTTLE_SIGN_INS_PER_MINUTE),
        },
        { provide: Admission, useFactory: () => admissionOf(env) },
        { provide: REQUESTS_PER_MINUTE, useValue: env.THROTTLE_REQUESTS_PER_MINUTE },
        RefusedRequests,
        { provide: STREAMS_PER_SESSION, useValue: env.MAX_STREAMS_PER_SESSION },
        OpenStreams,
        { provide: CALLS_PER_MINUTE, useValue: env.THROTTLE_CALLS_PER_MINUTE },
        CallCounts,
        CallingKeys,
        PublishedWaiting,
        EmbedViewers,
        FrameParents,
        { provide: NATIVE_APP, useValue: env.NATIVE_APP },
        { provide: PUBLIC_URL, useValue: publicUrl(env) },
        PushedSignIn,
        AccessTokenStrategy,
        RunWaiting,
        AuditLogs,
        { provide: APP_GUARD, useClass: OriginGuard },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: SessionThrottlerGuard },
        { provide: APP_INTERCEPTOR, useClass: ScopeInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
