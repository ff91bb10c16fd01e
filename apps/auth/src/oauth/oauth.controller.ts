import { Controller } from '@nestjs/common';
import { authContract, AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import { OauthFinished, OauthFinishRequest, OauthStarted, OauthStartRequest } from '@snowflow/contracts/auth/oauth.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { OauthService } from './oauth.service';

const { oauthStart, oauthFinish } = authContract.operations;

@Controller()
export class OauthController implements Pick<AuthHandlers, 'oauthStart' | 'oauthFinish'> {
  constructor(private readonly oauth: OauthService) {}

  @Handle(oauthStart)
  oauthStart(input: OauthStartRequest): Promise<OauthStarted> {
    return this.oauth.start(input);
  }

  @Handle(oauthFinish)
  oauthFinish(input: OauthFinishRequest): Promise<OauthFinished> {
    return this.oauth.finish(input);
  }
}
