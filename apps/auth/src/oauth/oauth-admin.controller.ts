import { Controller } from '@nestjs/common';
import { authContract, AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import { ExternalOauthSetupQuery, ExternalOauthSetupSql, OauthSetupSql } from '@snowflow/contracts/auth/oauth.dto';
import { OauthClientView, OauthProviderId, SaveOauthClientRequest } from '@snowflow/contracts/auth/tenant.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { Done } from '@snowflow/contracts/rpc/nothing';
import { Handle } from '@snowflow/transport/handle.decorator';
import { OauthAdminService } from './oauth-admin.service';

const { oauthClients, oauthSetupSql, externalOauthSetupSql, saveOauthClient, removeOauthClient } =
  authContract.operations;

@Controller()
export class OauthAdminController implements Pick<
  AuthHandlers,
  'oauthClients' | 'oauthSetupSql' | 'externalOauthSetupSql' | 'saveOauthClient' | 'removeOauthClient'
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

  @Handle(externalOauthSetupSql)
  externalOauthSetupSql(query: ExternalOauthSetupQuery): Promise<ExternalOauthSetupSql> {
    return this.admin.externalSetupSql(query);
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
