import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { TenantSettings } from '@snowflow/contracts/auth/tenant.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';

@ApiTags('admin')
@ApiGuarded()
@Controller('admin/settings')
export class SettingsController {
  constructor(@InjectClient(authContract) private readonly auth: AuthClient) {}

  @Get()
  @ApiOperation({ operationId: 'readSettings', summary: 'How people sign in here, and what the tenant may use' })
  @ApiResponse({ status: 200, type: TenantSettings })
  @ApiProblems('FORBIDDEN')
  read(): Promise<TenantSettings> {
    return this.auth.settings({});
  }

  @Put()
  @ApiOperation({ operationId: 'saveSettings', summary: 'Replaces all settings, over the version that was read' })
  @ApiResponse({ status: 200, type: TenantSettings })
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED', 'VALIDATION', 'REVISION_CONFLICT')
  save(@Body() body: TenantSettings): Promise<TenantSettings> {
    return this.auth.saveSettings(body);
  }
}
