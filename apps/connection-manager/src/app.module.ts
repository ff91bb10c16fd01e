import { DynamicModule, Module } from '@nestjs/common';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { type AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { REDIS, RedisModule } from '@snowflow/platform/redis/redis.module';
import { TenantLimitsStore } from '@snowflow/platform/sessions/tenant-limits-store';
import { clientToken } from '@snowflow/transport/inject-client.decorator';
import { runForTenant } from '@snowflow/transport/request-scope';
import { TransportModule } from '@snowflow/transport/transport.module';
import type { Redis } from 'ioredis';
import { AccountDirectory } from './accounts/account-directory';
import type { Endpoint } from './accounts/endpoint';
import { SnowflakeDriver } from './driver/snowflake-driver';
import { SnowflakeSdkDriver } from './driver/snowflake-sdk.driver';
import { Egress } from './net/egress';
import { AllowList } from './connection-test/allow-list';
import { ConnectionTestService } from './connection-test/connection-test.service';
import { ResultHosts } from './connection-test/result-hosts';
import { CortexController } from './cortex/cortex.controller';
import { CortexRest } from './cortex/cortex-rest';
import { CortexService } from './cortex/cortex.service';
import { DefaultRoles } from './cortex/default-roles';
import { OauthConfigurations } from './oauth/oauth-configurations';
import { OauthFlow } from './oauth/oauth-flow';
import { OauthController } from './oauth/oauth.controller';
import { RenewingClients } from './oauth/renewing-clients';
import { SessionOpeningService } from './sign-in/session-opening.service';
import { SignInController } from './sign-in/sign-in.controller';
import { SignInStrategies } from './sign-in/sign-in-strategies';
import { SnowflakeLogin } from './sign-in/snowflake-login';
import { KnownLimits } from '@snowflow/platform/sessions/known-limits';
import { LimitsInForce } from '@snowflow/platform/sessions/limits-in-force';
import { RowReaders } from './limits/row-readers';
import { StatementPlaces } from './limits/statement-places';
import { MetadataController } from './metadata/metadata.controller';
import { MetadataService } from './metadata/metadata.service';
import { ROWS_LISTEN, RowsListen, RowsServer } from './rows/rows.server';
import { RowsService } from './rows/rows.service';
import { ContextCoordinator } from './sessions/context-coordinator';
import { ContextRunner } from './sessions/context-runner';
import { LIVE_CHECK_SECONDS, LiveCheck } from './sessions/live-check';
import { LiveSessions, type LiveSessionsOptions } from './sessions/live-sessions';
import { RequestFences } from './sessions/request-fences';
import { RunningStatements } from './sessions/running-statements';
import { SealedSessionRepository } from './sessions/sealed-session.repository';
import { SessionAccess } from './sessions/session-access';
import { SessionCloser } from './sessions/session-closer';
import { SessionClosingService } from './sessions/session-closing.service';
import { HEARTBEAT_MS, SessionHeartbeat } from './sessions/session-heartbeat';
import { SessionProtocol } from './sessions/session-protocol';
import { SessionRebirth } from './sessions/session-rebirth';
import { SessionRenewal } from './sessions/session-renewal';
import { SessionsController } from './sessions/sessions.controller';
import { SessionsService } from './sessions/sessions.service';
import {
  DEFAULT_SETTLEMENT_PATIENCE,
  SETTLEMENT_PATIENCE,
  type SettlementPatience,
  SettlementService,
} from './statements/settlement.service';
import { StatementsController } from './statements/statements.controller';
import { LongPolls } from './statements/long-polls';
import { StatementsService } from './statements/statements.service';
import { SEALER } from './tokens';

export interface ConnectionManagerOptions {
  redisUrl: string;
  sealer: Sealer;
  /** Exact origin of the local warehouse; undefined where there is no demo. */
  demoOrigin: string | undefined;
  /** The accounts of the local warehouse; without them demo and demo2. */
  demoAccounts?: readonly string[];
  /** The account it runs in, inside Snowflake; undefined outside of it. */
  home?: Endpoint;
  accountAllowList: string[];
  /** Whether private link names may lead to private addresses. */
  privateLink?: boolean;
  /** Exact origins of identity providers in the company's own network. */
  privateIssuers?: readonly string[];
  /** Where Snowflake writes the service's token; undefined outside of it. */
  containerTokenFile?: string;
  rows: RowsListen;
  liveSessions: LiveSessionsOptions;
  heartbeatMs: number;
  /** Of each session Snowflake is asked no more often than this whether it lives; 0 asks before each statement. */
  liveCheckSeconds: number;
  settlementPatience?: SettlementPatience;
}

@Module({})
export class ConnectionManagerModule {
  static forRoot(options: ConnectionManagerOptions): DynamicModule {
    const { redisUrl, sealer, demoOrigin, demoAccounts, home, accountAllowList, privateLink, privateIssuers } = options;
    return {
      module: ConnectionManagerModule,
      imports: [RedisModule.forRoot(redisUrl), TransportModule.forRoot({ redisUrl, sealer, clients: [authContract] })],
      controllers: [
        SignInController,
        OauthController,
        SessionsController,
        StatementsController,
        MetadataController,
        CortexController,
      ],
      providers: [
        { provide: SEALER, useValue: sealer },
        { provide: ROWS_LISTEN, useValue: options.rows },
        { provide: HEARTBEAT_MS, useValue: options.heartbeatMs },
        { provide: LIVE_CHECK_SECONDS, useValue: options.liveCheckSeconds },
        { provide: SETTLEMENT_PATIENCE, useValue: options.settlementPatience ?? DEFAULT_SETTLEMENT_PATIENCE },
        {
          provide: LimitsInForce,
          inject: [REDIS, clientToken(authContract)],
          useFactory: (redis: Redis, auth: AuthClient) =>
            new LimitsInForce(new TenantLimitsStore(redis), (tenantId) =>
              runForTenant(tenantId, () => auth.limitsInForce({})),
            ),
        },
        { provide: SnowflakeDriver, useClass: SnowflakeSdkDriver },
        {
          provide: AccountDirectory,
          useFactory: () => new AccountDirectory({ demoOrigin, demoAccounts, home, allowList: accountAllowList }),
        },
        {
          provide: Egress,
          useFactory: () => new Egress({ demoOrigin, homeOrigin: home?.origin, privateLink, privateIssuers }),
        },
        OauthConfigurations,
        OauthFlow,
        RenewingClients,
        {
          provide: SignInStrategies,
          inject: [OauthFlow],
          useFactory: (flow: OauthFlow) => new SignInStrategies(flow, options.containerTokenFile),
        },
        SnowflakeLogin,
        SessionOpeningService,
        AllowList,
        ResultHosts,
        ConnectionTestService,
        { provide: LiveSessions, useFactory: () => new LiveSessions(options.liveSessions) },
        SealedSessionRepository,
        SessionProtocol,
        SessionRebirth,
        SessionRenewal,
        SessionAccess,
        SessionCloser,
        SessionClosingService,
        LiveCheck,
        KnownLimits,
        StatementPlaces,
        RowReaders,
        RequestFences,
        RunningStatements,
        ContextCoordinator,
        ContextRunner,
        SessionsService,
        SessionHeartbeat,
        LongPolls,
        StatementsService,
        SettlementService,
        MetadataService,
        CortexRest,
        DefaultRoles,
        CortexService,
        RowsService,
        RowsServer,
      ],
    };
  }
}
