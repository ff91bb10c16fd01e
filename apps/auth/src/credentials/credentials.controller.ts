import { Controller } from '@nestjs/common';
import { authContract, AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import {
  BindingId,
  CredentialId,
  CredentialSession,
  CredentialView,
  OauthCredentialRequest,
  ProposeBindingRequest,
  ReplaceSecretRequest,
  StoreCredentialRequest,
  UseCredentialRequest,
} from '@snowflow/contracts/auth/credentials.dto';
import type { OauthStarted } from '@snowflow/contracts/auth/oauth.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { Done } from '@snowflow/contracts/rpc/nothing';
import { Handle } from '@snowflow/transport/handle.decorator';
import { BindingsService } from './bindings.service';
import { CredentialUseService } from './credential-use.service';
import { CredentialsService } from './credentials.service';
import { OauthCredentialsService } from './oauth-credentials.service';

const { operations } = authContract;
type Handlers = Pick<
  AuthHandlers,
  | 'credentials'
  | 'storeCredential'
  | 'startOauthCredential'
  | 'replaceSecret'
  | 'removeCredential'
  | 'proposeBinding'
  | 'approveBinding'
  | 'revokeBinding'
  | 'useCredential'
>;

@Controller()
export class CredentialsController implements Handlers {
  constructor(
    private readonly service: CredentialsService,
    private readonly oauth: OauthCredentialsService,
    private readonly bindings: BindingsService,
    private readonly uses: CredentialUseService,
  ) {}

  @Handle(operations.credentials)
  credentials(): Promise<Page<CredentialView>> {
    return this.service.list();
  }

  @Handle(operations.storeCredential)
  storeCredential(input: StoreCredentialRequest): Promise<CredentialView> {
    return this.service.save(input);
  }

  @Handle(operations.startOauthCredential)
  startOauthCredential(input: OauthCredentialRequest): Promise<OauthStarted> {
    return this.oauth.start(input);
  }

  @Handle(operations.replaceSecret)
  replaceSecret(input: ReplaceSecretRequest): Promise<CredentialView> {
    return this.service.replaceSecret(input);
  }

  @Handle(operations.removeCredential)
  async removeCredential({ id }: CredentialId): Promise<Done> {
    await this.service.remove(id);
    return { done: true };
  }

  @Handle(operations.proposeBinding)
  proposeBinding(input: ProposeBindingRequest): Promise<CredentialView> {
    return this.bindings.propose(input);
  }

  @Handle(operations.approveBinding)
  approveBinding(input: BindingId): Promise<CredentialView> {
    return this.bindings.approve(input);
  }

  @Handle(operations.revokeBinding)
  revokeBinding(input: BindingId): Promise<CredentialView> {
    return this.bindings.revoke(input);
  }

  @Handle(operations.useCredential)
  useCredential(input: UseCredentialRequest): Promise<CredentialSession> {
    return this.uses.use(input);
  }
}
