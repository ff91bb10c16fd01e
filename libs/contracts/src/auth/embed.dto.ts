import { FreeObject, Moment, Text, Texts, Whole } from '../dto/fields';
import { EMBED_TOKEN_MOST_SECONDS, type EmbedSubject } from '../embed/embed-token';

/** Whose pages may show what the tenant embeds. */
export class EmbedSettingsBody {
  @Texts({
    max: 50,
    description:
      'Origins: https://app.example.com, https://*.example.com, or http://localhost:3000. None: nothing is embedded',
  })
  parents: string[];
}

export class EmbedSettingsView extends EmbedSettingsBody {
  @Text({
    nullable: true,
    description: 'Stands in the address of the frame and is no secret; null until parents were saved',
  })
  embedId: string | null;
}

/** By the id in a frame's address, before anybody is known. */
export class EmbedFrameRequest {
  @Text({ pattern: /^emb_[A-Za-z0-9]{16,40}$/ }) embedId: string;
}

export interface EmbedFrameReply {
  parents: string[];
}

/** To be signed for the tenant of the asking scope. Whoever sends it has made sure that it may be seen. */
export class SignEmbedTokenRequest {
  @FreeObject() of: EmbedSubject;
  @Whole({ min: 60, max: EMBED_TOKEN_MOST_SECONDS }) ttlSeconds: number;
  @Text({ optional: true, description: 'One of the parents; left out: all of them' }) origin?: string;
}

export class EmbedTokenView {
  @Text({
    max: 10_000,
    description: 'For the frame alone: give it in the fragment or by postMessage, never in a path or a query',
  })
  token: string;
  @Moment() expiresAt: string;
  @Text({ description: 'The address of the frame, without the token' }) path: string;
}
