import { Controller } from '@nestjs/common';
import { connectionsContract, type ConnectionsHandlers } from '@snowflow/contracts/connections/connections.contract';
import {
  AuthorizeRequest,
  ExchangeCodeRequest,
  type OauthTokens,
  type ProviderKeys,
  ProviderRequest,
  RefreshGrantRequest,
} from '@snowflow/contracts/connections/connections.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { AccountDirectory } from '../accounts/account-directory';
import { OauthConfigurations } from './oauth-configurations';
import { OauthFlow } from './oauth-flow';

const { operations } = connectionsContract;

/** What is asked of providers without signing in to Snowflake. */
@Controller()
export class OauthController implements Pick<
  ConnectionsHandlers,
  'authorizeUrl' | 'providerKeys' | 'exchangeCode' | 'refreshGrant'
> {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly flow: OauthFlow,
    private readonly configurations: OauthConfigurations,
  ) {}

  @Handle(operations.authorizeUrl)
  async authorizeUrl({ account, ...request }: AuthorizeRequest): Promise<{ url: string }> {
    return { url: await this.flow.authorizeUrl(request, this.accounts.endpointOf(account)) };
  }

  @Handle(operations.providerKeys)
  providerKeys({ issuer }: ProviderRequest): Promise<ProviderKeys> {
    return this.configurations.keysOf(issuer);
  }

  @Handle(operations.exchangeCode)
  exchangeCode({ account, grant }: ExchangeCodeRequest): Promise<OauthTokens> {
    return this.flow.exchange(grant, this.accounts.endpointOf(account));
  }

  @Handle(operations.refreshGrant)
  refreshGrant({ account, client, refreshToken }: RefreshGrantRequest): Promise<Required<OauthTokens>> {
    return this.flow.refresh(client, refreshToken, this.accounts.endpointOf(account));
  }
}
