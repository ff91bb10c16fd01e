import { DynamicModule, Module } from '@nestjs/common';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { AuditModule } from './audit/audit.module';
import { CoreModule } from './core.module';
import { CredentialsModule } from './credentials/credentials.module';
import { EmbedModule } from './embed/embed.module';
import type { AuthEnv } from './env';
import { DeparturesModule } from './members/departures.module';
import { MembersModule } from './members/members.module';
import { OauthModule } from './oauth/oauth.module';
import { OwnershipModule } from './ownership/ownership.module';
import { PoliciesModule } from './policies/policies.module';
import { SecretsModule } from './secrets/secrets.module';
import { SessionsModule } from './sessions/sessions.module';
import { TenantsModule } from './tenants/tenants.module';

/** One module for each feature; what they all stand on is in the core. */
@Module({})
export class AppModule {
  static forRoot(env: AuthEnv, sealer: Sealer): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CoreModule.forRoot(env, sealer),
        SecretsModule.forRoot(env),
        CredentialsModule,
        DeparturesModule,
        SessionsModule,
        OauthModule,
        TenantsModule,
        MembersModule,
        OwnershipModule,
        PoliciesModule,
        AuditModule,
        EmbedModule,
      ],
    };
  }
}
