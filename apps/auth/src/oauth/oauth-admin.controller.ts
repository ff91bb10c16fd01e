import { Controller } from '@nestjs/common';
import { authContract, AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import { OauthSetupSql } from '@snowflow/contracts/auth/oauth.dto';
import { OauthClientView, OauthProviderId, SaveOauthClientRequest } from '@snowflow/contracts/auth/tenant.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { Done } from '@snowflow/contracts/rpc/nothing';
import { Handle } from '@snowflow/transport/handle.decorator';
import { OauthAdminService } from './oauth-admin.service';

const { oauthClients, oauthSetupSql, saveOauthClient, removeOauthClient } = authContract.operations;

@Controller()
export class OauthAdminController implements Pick<
  AuthHandlers,
  'oauthClients' | 'oauthSetupSql' | 'saveOauthClient' | 'removeOauthClient'
> {
  constructor(private readonly admin: OauthAdminService) {}

  @Handle(oauthClients)
  async oauthClients(): Promise<Page<OauthClientView>> {
    return { items: await this.admin.list(), nextCursor: null };
  }

  @Handle(oauthSetupSql)
  oauthSetupSql(): Promise<OauthSetupSql> {
    return Promise.resolve(this.admin.setupSql());
  }

  @Handle(saveOauthClient)
  saveOauthClient(input: SaveOauthClientRequest): Promise<OauthClientView> {
    return this.admin.save(input);
  }

  @Handle(removeOauthClient)
  async removeOauthClient({ provider }: OauthProviderId): Promise<Done> {
    await this.admin.remove(provider);
    return { done: true };
  }
}
