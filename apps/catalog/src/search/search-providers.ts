import type { Provider } from '@nestjs/common';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Redis } from 'ioredis';
import type { CatalogEnv } from '../env';
import { CurrentPolicies } from '../metadata/current-policies';
import { CurrentSession } from '../metadata/current-session';
import { IndexBuilder } from './index-builder';
import { IndexReader } from './index-reader';
import { IndexShelf } from './index-shelf';
import { IndexStore } from './index-store';
import { LiveSearch } from './live-search';
import { SearchService } from './search.service';

export function searchProviders(env: CatalogEnv, sealer: Sealer): Provider[] {
  return [
    IndexReader,
    LiveSearch,
    {
      provide: IndexStore,
      inject: [REDIS],
      useFactory: (redis: Redis) => new IndexStore(redis, sealer, env.CATALOG_INDEX_LIFE_SECONDS),
    },
    {
      provide: IndexShelf,
      inject: [IndexStore],
      useFactory: (store: IndexStore) => new IndexShelf(store, env.CATALOG_INDEX_MEMORY_MB * 1_048_576),
    },
    {
      provide: IndexBuilder,
      inject: [IndexReader, IndexStore],
      useFactory: (reader: IndexReader, store: IndexStore) =>
        new IndexBuilder(reader, store, env.CATALOG_INDEX_OBJECTS),
    },
    {
      provide: SearchService,
      inject: [CurrentSession, IndexShelf, IndexStore, IndexBuilder, LiveSearch, CurrentPolicies],
      useFactory: (
        session: CurrentSession,
        shelf: IndexShelf,
        store: IndexStore,
        builder: IndexBuilder,
        live: LiveSearch,
        policies: CurrentPolicies,
      ) => new SearchService(session, shelf, store, builder, live, policies, env.CATALOG_INDEX_SECONDS),
    },
  ];
}
