import { Controller } from '@nestjs/common';
import { authContract, AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import { TenantSettings } from '@snowflow/contracts/auth/tenant.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { SettingsService } from './settings.service';

const { settings, saveSettings } = authContract.operations;

@Controller()
export class SettingsController implements Pick<AuthHandlers, 'settings' | 'saveSettings'> {
  constructor(private readonly service: SettingsService) {}

  @Handle(settings)
  settings(): Promise<TenantSettings> {
    return this.service.find();
  }

  @Handle(saveSettings)
  saveSettings(input: TenantSettings): Promise<TenantSettings> {
    return this.service.save(input);
  }
}
