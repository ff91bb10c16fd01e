import { FreeObject, Nested, OneOf, Text, Whole } from '../dto/fields';
import { AUTHENTICATORS, Authenticator, PinnedContext } from '../sessions/session-record';
import type { AccountIdentity } from '../sessions/tenant-id';
import type { Column } from '../documents/column';
import type { Bind } from '../rows/rows-handle';
import { IsArray } from 'class-validator';

export class PinnedContextDto implements PinnedContext {
  @Text({ nullable: true }) role: string | null;
  @OneOf(['NONE', 'ALL']) secondaryRoles: 'NONE' | 'ALL';
  @Text({ nullable: true }) warehouse: string | null;
  @Text({ nullable: true }) database: string | null;
  @Text({ nullable: true }) schema: string | null;
}

/** Logs in to Snowflake and keeps the sealed session under `sessionId`. */
export class OpenRequest {
  @Text() sessionId: string;
  @Text() account: string;
  @OneOf(AUTHENTICATORS) authenticator: Authenticator;
  @Text() username: string;
  @Text({ optional: true, max: 1024 }) password?: string;
  @Text({ optional: true, max: 32 }) passcode?: string;
  @Text({ optional: true, max: 20_000 }) privateKey?: string;
  @Text({ optional: true, max: 1024 }) privateKeyPassphrase?: string;
  @Text({ optional: true, max: 20_000 }) token?: string;
  @Text({ optional: true }) role?: string;
  @Text({ optional: true }) warehouse?: string;
  @Text({ optional: true }) database?: string;
  @Text({ optional: true }) schema?: string;
}

export interface OpenedSession {
  account: AccountIdentity;
  username: string;
  context: PinnedContext;
}

/** `finish` closes the Snowflake session once the last statement under it has ended. */
export class CloseRequest {
  @OneOf(['finish', 'cancel']) statements: 'finish' | 'cancel';
}

/** Proves a context by taking it: answers what Snowflake then reports. */
export class CheckContextRequest {
  @Nested(() => PinnedContextDto) context: PinnedContextDto;
}

export interface Grants {
  roles: string[];
  warehouses: string[];
}

/** One statement. SQL holds `?` for each bind. `requestId` (a UUID) and `effectKey` are recorded by the caller before it submits. */
export class SubmitRequest {
  @Text({ max: 1_000_000 }) sql: string;
  @IsArray() binds: Bind[];
  @Nested(() => PinnedContextDto) context: PinnedContextDto;
  @Text({ description: 'UUID' }) requestId: string;
  @FreeObject({ description: 'Goes into QUERY_TAG as compact JSON with the tenant; no personal data' }) tag: Record<
    string,
    string
  >;
  @Whole({ min: 1, max: 172_800 }) timeoutSeconds: number;
}

export class WaitRequest {
  @Text() queryId: string;
  @Nested(() => PinnedContextDto) context: PinnedContextDto;
  @Whole({ min: 0, max: 30_000 }) waitMs: number;
}

/** What Snowflake said of a failed statement. `message` may quote data: it is sealed wherever it rests. */
export interface StatementFailure {
  code: string;
  message: string;
  sqlState?: string;
  line?: number;
  position?: number;
}

export type StatementStatus =
  | { state: 'running'; queryId: string }
  | {
      state: 'succeeded';
      queryId: string;
      columns: Column[];
      rowCount: number;
      rowsAffected?: number;
      role: string | null;
    }
  | { state: 'failed'; queryId: string; failure: StatementFailure };

export class CancelRequest {
  @Text({ optional: true }) queryId?: string;
  @Text({ optional: true, description: 'Where the query id is not known' }) requestId?: string;
}

/** By query id or, where that was never learned, by request id and the tag's effect key. */
export class SettleRequest {
  @Text({ optional: true }) queryId?: string;
  @Text() requestId: string;
  @Text() effectKey: string;
  @Nested(() => PinnedContextDto) context: PinnedContextDto;
}

/** `absent`: fenced, and proved never to have run. `unknown`: nobody can tell; it is never resubmitted. */
export type SettledOutcome = StatementStatus | { state: 'absent' } | { state: 'unknown' };

/** SHOW, DESCRIBE, EXPLAIN or a SELECT over INFORMATION_SCHEMA: metadata, never rows of data. */
export class MetadataRequest {
  @Text({ max: 10_000 }) sql: string;
  @IsArray() binds: Bind[];
  @Nested(() => PinnedContextDto) context: PinnedContextDto;
}

export interface MetadataRows {
  columns: string[];
  rows: (string | number | boolean | null)[][];
}

/** Asks Snowflake what a statement would return, without running it. */
export class DescribeRequest {
  @Text({ max: 1_000_000 }) sql: string;
  @IsArray() binds: Bind[];
  @Nested(() => PinnedContextDto) context: PinnedContextDto;
}

/** `readOnly`: by Snowflake's statement type it is a query. */
export interface StatementDescription {
  columns: Column[];
  readOnly: boolean;
}
