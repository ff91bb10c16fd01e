import { Controller } from '@nestjs/common';
import { authContract, AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import { TenantSettings } from '@snowflow/contracts/auth/tenant.dto';
import type { TenantLimits } from '@snowflow/contracts/sessions/tenant-limits';
import { Handle } from '@snowflow/transport/handle.decorator';
import { SettingsService } from './settings.service';

const { settings, saveSettings, limitsInForce } = authContract.operations;

@Controller()
export class SettingsController implements Pick<AuthHandlers, 'settings' | 'saveSettings' | 'limitsInForce'> {
  constructor(private readonly service: SettingsService) {}

  @Handle(settings)
  settings(): Promise<TenantSettings> {
    return this.service.find();
  }

  @Handle(saveSettings)
  saveSettings(input: TenantSettings): Promise<TenantSettings> {
    return this.service.save(input);
  }

  @Handle(limitsInForce)
  limitsInForce(): Promise<TenantLimits> {
    return this.service.limitsInForce();
  }
}
