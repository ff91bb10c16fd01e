import { Injectable } from '@nestjs/common';
import type { ConnectReply } from '@snowflow/contracts/auth/auth.dto';
import { ACCESS_TOKEN_SECONDS } from '@snowflow/contracts/sessions/access-token';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { AccessTokens } from '../tokens/access-tokens';
import { sessionView } from './session-view';

/** What a person holds after signing in or refreshing. */
@Injectable()
export class IssueTokens {
  constructor(private readonly accessTokens: AccessTokens) {}

  async reply(session: SessionRecord, refreshToken: string): Promise<Required<ConnectReply>> {
    return {
      accessToken: await this.accessTokens.sign(session),
      tokenType: 'Bearer',
      expiresIn: ACCESS_TOKEN_SECONDS,
      session: sessionView(session),
      refreshToken,
    };
  }
}
