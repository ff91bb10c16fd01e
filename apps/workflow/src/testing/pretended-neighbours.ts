import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { type AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { catalogContract, type CatalogClient } from '@snowflow/contracts/catalog/catalog.contract';
import { connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { currentPerson } from '@snowflow/transport/request-scope';
import { clientToken } from '@snowflow/transport/inject-client.decorator';
import type { NotificationOptions } from '../notifications/notification-options';
import type { EgressOptions } from '../outside/egress';
import type { OutsideOptions } from '../outside/outside-options';
import { ResultRows } from '../execution/result-rows';
import { PretendCredentials } from './pretend-credentials';
import type { PretendRows } from './pretend-rows';
import type { PretendSnowflake } from './pretend-snowflake';

const containerOf = (name: string) => ({ name, owner: null, comment: 'CANARY-comment', createdAt: null });

const catalog: Omit<CatalogClient, 'admit'> = {
  columns: async ({ sources }) => ({
    sources: sources.map(({ name }) =>
      name.startsWith('MISSING')
        ? { state: 'missing' as const }
        : {
            state: 'found' as const,
            kind: 'table' as const,
            columns: [{ name: 'N', type: 'NUMBER(38,0)', nullable: true }],
          },
    ),
  }),
  tags: async ({ sources }) => ({
    sources: sources.map(({ name }) =>
      name.startsWith('UNTOLD')
        ? ('unknown' as const)
        : name.startsWith('SECRET')
          ? [{ tag: 'GOV.TAGS.PII', value: 'yes', column: 'N' }]
          : [],
    ),
  }),
  databases: async () => ({ items: [containerOf('DEMO')], nextCursor: null }),
  schemas: async () => ({ items: [containerOf('PUBLIC')], nextCursor: null }),
  sources: async ({ database, schema }) => ({
    items: ['ORDERS', 'LATE_ORDERS'].map((name) => ({
      ...containerOf(name),
      database,
      schema,
      kind: 'table' as const,
      rowCount: null,
      bytes: null,
      secure: false,
      access: { select: true },
    })),
    nextCursor: null,
  }),
  source: async ({ name }) => {
    throw new AppError('SOURCE_NOT_FOUND', `${name} is not listed.`);
  },
  search: unsupported,
  samples: unsupported,
  preview: unsupported,
  semanticModels: unsupported,
  semanticModel: unsupported,
  validateSemanticModel: unsupported,
  saveSemanticModel: unsupported,
  askSemanticModel: unsupported,
  refresh: unsupported,
};

/** Names that begin with VIEWER are of viewers, and nobody is called NOBODY. */
const people: Pick<AuthClient, 'colleague'> = {
  colleague: async ({ username }) => {
    if (username === 'NOBODY') throw new AppError('NOT_FOUND', 'The tenant has no member NOBODY.');
    const { tenantId } = currentPerson();
    const appRole = username.startsWith('VIEWER') ? ('viewer' as const) : ('builder' as const);
    return { userId: userIdOf(tenantId, username), username, appRole };
  },
};

/** A worker that reaches nobody outside. */
export const NOTHING_OUT: NotificationOptions & EgressOptions & OutsideOptions = {
  egressHosts: [],
  privateHosts: [],
  smtpUrl: undefined,
  mailFrom: '',
  firstWaitMs: 10,
  maxBytes: 1_048_576,
  restsAfter: 5,
  restMs: 60_000,
};

/** Starts the service or the worker with only its neighbours pretended; `change` puts more in another's place. */
export async function openWithPretended(
  module: DynamicModule,
  snowflake: PretendSnowflake,
  rows: PretendRows,
  change: (builder: TestingModuleBuilder) => TestingModuleBuilder = (builder) => builder,
  credentials = new PretendCredentials(),
): Promise<INestApplicationContext> {
  const builder = Test.createTestingModule({ imports: [module] })
    .overrideProvider(clientToken(connectionsContract))
    .useValue(snowflake.client)
    .overrideProvider(clientToken(catalogContract))
    .useValue({ ...catalog, admit: (source) => snowflake.admit(source) } satisfies CatalogClient)
    .overrideProvider(clientToken(authContract))
    .useValue({ ...people, ...credentials.client })
    .overrideProvider(ResultRows)
    .useValue(rows);
  const app = await change(builder).compile();
  return app.init();
}

function unsupported(): never {
  throw new Error('The workflow service does not ask this');
}
