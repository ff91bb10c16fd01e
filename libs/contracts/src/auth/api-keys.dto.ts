import { Moment, Nested, Text, Texts, Whole } from '../dto/fields';
import { CallLimits } from '../published/call-limits.dto';

const PUBLICATIONS = {
  nullable: true,
  max: 200,
  description: 'Ids of the publications it may call; null: all of the tenant',
} as const;

/** A key for calling published workflows, without its secret. */
export class ApiKeyView {
  @Text() id: string;
  @Text({ max: 100 }) name: string;
  @Text({ description: 'The first characters, to recognise it by' }) prefix: string;
  @Texts(PUBLICATIONS) publications: string[] | null;
  @Nested(() => CallLimits) limits: CallLimits;
  @Moment() createdAt: string;
  @Moment() expiresAt: string;
  @Moment({ nullable: true }) lastUsedAt: string | null;
  @Moment({ nullable: true, description: 'Until when the secret before the last rotation is taken too' })
  previousUntil: string | null;
}

/** A key of somebody of the tenant. */
export class TenantApiKeyView extends ApiKeyView {
  @Text() userId: string;
  @Text({ description: 'The Snowflake user whose key it is' }) username: string;
}

export class CreateApiKeyRequest {
  @Text({ max: 100 }) name: string;
  @Whole({ min: 1, max: 365, description: 'Days until it expires' }) days: number;
  @Texts({ ...PUBLICATIONS, optional: true }) publications?: string[] | null;
  @Nested(() => CallLimits, { optional: true }) limits?: CallLimits;
}

/** The only time the key itself is told. */
export class CreatedApiKey extends ApiKeyView {
  @Text({ description: 'Shown once; SnowFlow keeps a hash' }) key: string;
}

export class ApiKeyId {
  @Text() id: string;
}

export class RotateApiKeyBody {
  @Whole({
    optional: true,
    min: 0,
    max: 24,
    default: 0,
    description: 'Hours for which the old secret is taken too; 0: none',
  })
  graceHours?: number;
}

export class RotateApiKeyRequest extends RotateApiKeyBody {
  @Text() id: string;
}

/** A key as the gateway knows it: by its hash. The key itself goes no further than the gateway. */
export class ApiKeyHash {
  @Text({ pattern: /^[A-Za-z0-9_-]{43}$/ }) hash: string;
}

/** Whose key called, and what it may. */
export interface ApiKeyIdentity {
  id: string;
  tenantId: string;
  name: string;
  publications: string[] | null;
  limits: CallLimits;
  /** Milliseconds since the epoch from when it is not taken any more. */
  endsAtMs: number;
}
