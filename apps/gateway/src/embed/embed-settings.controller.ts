import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { EmbedSettingsBody, EmbedSettingsView } from '@snowflow/contracts/auth/embed.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';

@ApiTags('admin')
@ApiGuarded()
@Controller('admin/embed')
export class EmbedSettingsController {
  constructor(@InjectClient(authContract) private readonly auth: AuthClient) {}

  @Get()
  @ApiOperation({ operationId: 'readEmbedSettings', summary: 'Whose pages may show what the tenant embeds' })
  @ApiResponse({ status: 200, type: EmbedSettingsView })
  @ApiProblems('FORBIDDEN')
  read(): Promise<EmbedSettingsView> {
    return this.auth.embedSettings({});
  }

  @Put()
  @ApiOperation({ operationId: 'saveEmbedSettings', summary: 'Replaces the list; frames of other pages stay empty' })
  @ApiResponse({ status: 200, type: EmbedSettingsView })
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED', 'VALIDATION')
  save(@Body() body: EmbedSettingsBody): Promise<EmbedSettingsView> {
    return this.auth.saveEmbedSettings(body);
  }
}
