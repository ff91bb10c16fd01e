import { DynamicModule, Module } from '@nestjs/common';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { REDIS, RedisModule } from '@snowflow/platform/redis/redis.module';
import { PoliciesInForce } from '@snowflow/platform/policies/policies-in-force';
import { TenantPoliciesStore } from '@snowflow/platform/policies/tenant-policies-store';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { currentPerson } from '@snowflow/transport/request-scope';
import { clientToken } from '@snowflow/transport/inject-client.decorator';
import { TransportModule } from '@snowflow/transport/transport.module';
import type { Redis } from 'ioredis';
import { CatalogController } from './catalog.controller';
import { ContainersService } from './containers/containers.service';
import type { CatalogEnv } from './env';
import { CurrentPolicies } from './metadata/current-policies';
import { CurrentSession } from './metadata/current-session';
import { MetadataCache } from './metadata/metadata-cache';
import { MetadataReader } from './metadata/metadata-reader';
import { PreviewPolicies } from './preview/preview-policies';
import { PreviewService } from './preview/preview.service';
import { AskSemanticModelService } from './semantic-models/ask-semantic-model.service';
import { SaveSemanticModelService } from './semantic-models/save-semantic-model.service';
import { SemanticModelsController } from './semantic-models/semantic-models.controller';
import { SemanticModelsService } from './semantic-models/semantic-models.service';
import { searchProviders } from './search/search-providers';
import { ColumnsService } from './sources/columns.service';
import { GovernanceService } from './sources/governance.service';
import { SourceDetailService } from './sources/source-detail.service';
import { SourceListService } from './sources/source-list.service';

@Module({})
export class AppModule {
  static forRoot(env: CatalogEnv, sealer: Sealer): DynamicModule {
    return {
      module: AppModule,
      imports: [
        RedisModule.forRoot(env.REDIS_URL),
        TransportModule.forRoot({ redisUrl: env.REDIS_URL, sealer, clients: [authContract, connectionsContract] }),
      ],
      controllers: [CatalogController, SemanticModelsController],
      providers: [
        { provide: SessionStore, inject: [REDIS], useFactory: (redis: Redis) => new SessionStore(redis) },
        {
          provide: MetadataCache,
          inject: [REDIS],
          useFactory: (redis: Redis) => new MetadataCache(redis, sealer, env.CATALOG_CACHE_SECONDS),
        },
        {
          provide: PreviewService,
          inject: [CurrentSession, PreviewPolicies],
          useFactory: (session: CurrentSession, policies: PreviewPolicies) =>
            new PreviewService(session, policies, sealer),
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
        CurrentPolicies,
        CurrentSession,
        MetadataReader,
        PreviewPolicies,
        ContainersService,
        SourceListService,
        SourceDetailService,
        ColumnsService,
        GovernanceService,
        SemanticModelsService,
        SaveSemanticModelService,
        AskSemanticModelService,
        ...searchProviders(env, sealer),
      ],
    };
  }
}
