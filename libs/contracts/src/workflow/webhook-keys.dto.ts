import { Moment, Nested, Text } from '../dto/fields';

export class WebhookKeyView {
  @Text() id: string;
  @Text({ description: 'The key of the HMAC, as text' }) secret: string;
  @Moment() createdAt: string;
  @Moment({ nullable: true, description: 'Of a key that was replaced: until when it signs, too' })
  validUntil: string | null;
}

/** The keys that webhooks are signed with, the newest first. */
export class WebhookKeysView {
  @Nested(() => WebhookKeyView, { many: true }) keys: WebhookKeyView[];
}
