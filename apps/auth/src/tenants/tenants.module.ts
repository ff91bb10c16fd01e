import { Module } from '@nestjs/common';
import { OauthClientsModule } from '../oauth/oauth-clients.module';
import { SettingsController } from './settings.controller';
import { SettingsService } from './settings.service';

/** Settings of tenants. */
@Module({
  imports: [OauthClientsModule],
  controllers: [SettingsController],
  providers: [SettingsService],
})
export class TenantsModule {}
