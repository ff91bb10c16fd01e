import { Flag, FreeObject, Moment, Nested, OneOf, Text, Whole } from '../dto/fields';
import { CallLimits } from '../published/call-limits.dto';
import { MOST_REVISIONS } from './revisions.dto';

export const SLUG = /^[a-z0-9](?:[a-z0-9]|-(?!-)){1,58}[a-z0-9]$/;

/** Under which name a workflow is called, which revision of it, and as whom. */
export class PublicationBody {
  @Text({
    max: 100,
    description: '3 to 60 lower-case letters, digits and single hyphens; one of its kind in the tenant',
  })
  slug: string;
  @Whole({ min: 1, max: MOST_REVISIONS, description: 'Calls run this revision until another is published' })
  revision: number;
  @Text({ description: 'The stored credential that calls run by; its owner approves the revision, role and warehouse' })
  credentialId: string;
  @Text() role: string;
  @Text({ nullable: true }) warehouse: string | null;
  @OneOf(['sync', 'async'], { description: 'How a caller without Prefer is answered' }) mode: 'sync' | 'async';
  @Nested(() => CallLimits, { optional: true, description: 'Of all keys together' }) limits?: CallLimits;
  @Flag({ description: 'false: calls are answered as if it were not published' }) enabled: boolean;
}

export class SavePublicationRequest extends PublicationBody {
  @Text() id: string;
}

export class PublicationView extends PublicationBody {
  @Text({ description: 'What the scopes of keys name' }) id: string;
  @Text() workflowId: string;
  @Text({ description: 'Of the workflow' }) name: string;
  @Text({ description: 'SHA-256 of the revision, hex: what the binding of the credential names' }) revisionHash: string;
  @Nested(() => CallLimits) declare limits: CallLimits;
  @Text({ description: 'The Snowflake user' }) publishedBy: string;
  @Moment() updatedAt: string;
}

/** The key that calls, as the gateway has identified it. */
export class CallingKey {
  @Text() id: string;
  @Text({ max: 100 }) name: string;
  @FreeObject() scope: { publications: string[] | null };
  @Nested(() => CallLimits) limits: CallLimits;
}

export class PublishedSlug {
  @Text() slug: string;
  @Nested(() => CallingKey) key: CallingKey;
}

export class PublishedCallRequest extends PublishedSlug {
  @FreeObject() parameters: Record<string, unknown>;
  @Flag({ description: 'It is to stand in the history before it is answered' }) durable: boolean;
  @Text({ optional: true }) idempotencyKey?: string;
}

export class PublishedRunRequest extends PublishedSlug {
  @Text() runId: string;
}

/** What a run answers: a value as it is, or a sealed right to fetch rows. */
export interface PublishedAnswer {
  status: number;
  value?: unknown;
  rows?: { handle: string; format: 'page' | 'csv' };
}

/** A call that was taken: its run, or what it came to already. */
export interface PublishedCallReply {
  runId: string;
  /** How the caller is answered where they say nothing of it. */
  mode: 'sync' | 'async';
  answer?: PublishedAnswer;
}

/** How far a run is, and what it answered once it succeeded. */
export interface PublishedRunReply {
  runId: string;
  status: 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled';
  /** Why it failed: the code alone, for what Snowflake says of it is the owner's. */
  code?: string;
  answer?: PublishedAnswer;
}

/** The OpenAPI document of one publication. */
export interface PublishedApi {
  document: Record<string, unknown>;
}

/** What a caller of a published workflow sends. */
export class PublishedCallBody {
  @FreeObject({ optional: true, description: 'Values of the workflow’s parameters, by name' })
  parameters?: Record<string, unknown>;
}

/** A call whose answer is still to come. */
export class PublishedStartedView {
  @Text() runId: string;
  @OneOf(['queued', 'running', 'waiting']) status: string;
  @Text({ description: 'Answers the same with the same key until the run has ended, then what it answers' })
  statusUrl: string;
}
