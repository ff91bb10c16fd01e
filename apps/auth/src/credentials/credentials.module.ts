import { Module } from '@nestjs/common';
import { ApiKeysController } from '../api-keys/api-keys.controller';
import { ApiKeysRepository } from '../api-keys/api-keys.repository';
import { ApiKeysService } from '../api-keys/api-keys.service';
import { GoneKeys } from '../api-keys/gone-keys';
import { IdentifiedKeys } from '../api-keys/identified-keys';
import { TenantApiKeysController } from '../api-keys/tenant-api-keys.controller';
import { TenantApiKeysService } from '../api-keys/tenant-api-keys.service';
import { MemberDepartures } from '../members/member-departures';
import { OauthClientsModule } from '../oauth/oauth-clients.module';
import { SessionsModule } from '../sessions/sessions.module';
import { BindingsRepository } from './bindings.repository';
import { BindingsService } from './bindings.service';
import { CredentialDepartures } from './credential-departures';
import { CredentialKeeper } from './credential-keeper';
import { CredentialPolicy } from './credential-policy';
import { CredentialSessions } from './credential-sessions';
import { CredentialSuspension } from './credential-suspension';
import { CredentialUseService } from './credential-use.service';
import { CredentialsController } from './credentials.controller';
import { CredentialsRepository } from './credentials.repository';
import { CredentialsService } from './credentials.service';
import { CurrentMember } from './current-member';
import { GrantLock } from './grant-lock';
import { GrantRefresh } from './grant-refresh';
import { OauthCredentialsService } from './oauth-credentials.service';
import { StoredSignIn } from './stored-sign-in';

/** What works without a person at hand: stored credentials for runs, API keys for callers. */
@Module({
  imports: [SessionsModule, OauthClientsModule],
  controllers: [CredentialsController, ApiKeysController, TenantApiKeysController],
  providers: [
    ApiKeysRepository,
    ApiKeysService,
    GoneKeys,
    IdentifiedKeys,
    TenantApiKeysService,
    BindingsRepository,
    BindingsService,
    CredentialKeeper,
    CredentialPolicy,
    CredentialSessions,
    CredentialSuspension,
    CredentialUseService,
    CredentialsRepository,
    CredentialsService,
    CurrentMember,
    GrantLock,
    GrantRefresh,
    OauthCredentialsService,
    StoredSignIn,
    { provide: MemberDepartures, useClass: CredentialDepartures },
  ],
  exports: [MemberDepartures, OauthCredentialsService],
})
export class CredentialsModule {}
