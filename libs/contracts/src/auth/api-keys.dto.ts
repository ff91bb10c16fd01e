import { Moment, Text, Whole } from '../dto/fields';

/** A key for calling published workflows, without its secret. */
export class ApiKeyView {
  @Text() id: string;
  @Text({ max: 100 }) name: string;
  @Text({ description: 'The first characters, to recognise it by' }) prefix: string;
  @Moment() createdAt: string;
  @Moment() expiresAt: string;
  @Moment({ nullable: true }) lastUsedAt: string | null;
}

export class CreateApiKeyRequest {
  @Text({ max: 100 }) name: string;
  @Whole({ min: 1, max: 365, description: 'Days until it expires' }) days: number;
}

/** The only time the key itself is told. */
export class CreatedApiKey extends ApiKeyView {
  @Text({ description: 'Shown once; SnowFlow keeps a hash' }) key: string;
}

export class ApiKeyId {
  @Text() id: string;
}
