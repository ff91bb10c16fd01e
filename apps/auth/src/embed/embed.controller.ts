import { Controller } from '@nestjs/common';
import { authContract, AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import {
  EmbedFrameReply,
  EmbedFrameRequest,
  EmbedSettingsBody,
  EmbedSettingsView,
  EmbedTokenView,
  SignEmbedTokenRequest,
} from '@snowflow/contracts/auth/embed.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { EmbedService } from './embed.service';

const { embedSettings, saveEmbedSettings, embedFrame, signEmbedToken } = authContract.operations;

@Controller()
export class EmbedController implements Pick<
  AuthHandlers,
  'embedSettings' | 'saveEmbedSettings' | 'embedFrame' | 'signEmbedToken'
> {
  constructor(private readonly service: EmbedService) {}

  @Handle(embedSettings)
  embedSettings(): Promise<EmbedSettingsView> {
    return this.service.find();
  }

  @Handle(saveEmbedSettings)
  saveEmbedSettings(input: EmbedSettingsBody): Promise<EmbedSettingsView> {
    return this.service.save(input);
  }

  @Handle(embedFrame)
  embedFrame({ embedId }: EmbedFrameRequest): Promise<EmbedFrameReply> {
    return this.service.frame(embedId);
  }

  @Handle(signEmbedToken)
  signEmbedToken(input: SignEmbedTokenRequest): Promise<EmbedTokenView> {
    return this.service.sign(input);
  }
}
