import { Module } from '@nestjs/common';
import { ApiKeysController } from '../api-keys/api-keys.controller';
import { ApiKeysRepository } from '../api-keys/api-keys.repository';
import { ApiKeysService } from '../api-keys/api-keys.service';
import { MemberDepartures } from '../members/member-departures';
import { SessionsModule } from '../sessions/sessions.module';
import { BindingsRepository } from './bindings.repository';
import { BindingsService } from './bindings.service';
import { CredentialDepartures } from './credential-departures';
import { CredentialPolicy } from './credential-policy';
import { CredentialSessions } from './credential-sessions';
import { CredentialUseService } from './credential-use.service';
import { CredentialsController } from './credentials.controller';
import { CredentialsRepository } from './credentials.repository';
import { CredentialsService } from './credentials.service';
import { CurrentMember } from './current-member';
import { StoredSignIn } from './stored-sign-in';

/** What works without a person at hand: stored credentials for runs, API keys for callers. */
@Module({
  imports: [SessionsModule],
  controllers: [CredentialsController, ApiKeysController],
  providers: [
    ApiKeysRepository,
    ApiKeysService,
    BindingsRepository,
    BindingsService,
    CredentialPolicy,
    CredentialSessions,
    CredentialUseService,
    CredentialsRepository,
    CredentialsService,
    CurrentMember,
    StoredSignIn,
    { provide: MemberDepartures, useClass: CredentialDepartures },
  ],
  exports: [MemberDepartures],
})
export class CredentialsModule {}
