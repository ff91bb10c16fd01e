import { Flag, FreeObject, Nested, OneOf, Text, Whole } from '../dto/fields';
import {
  DIRECT_METHODS,
  DirectMethod,
  OAUTH_PROVIDERS,
  OauthProvider,
  PinnedContext,
} from '../sessions/session-record';
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

/** A client of Snowflake's OAuth (made by CREATE SECURITY INTEGRATION) or of the company's own provider. */
export class OauthClientDto {
  @OneOf(OAUTH_PROVIDERS) provider: OauthProvider;
  @Text({ optional: true, max: 500, description: 'Of an external provider: its issuer, for OIDC discovery' })
  issuer?: string;
  @Text({ max: 500 }) clientId: string;
  @Text({ optional: true, max: 2_000, secret: true }) clientSecret?: string;
}

/** What the callback of an OAuth sign-in brought, and what was remembered of its start. */
export class OauthGrant {
  @Nested(() => OauthClientDto) client: OauthClientDto;
  @Text({ max: 4_000 }) code: string;
  @Text({ max: 200 }) codeVerifier: string;
  @Text({ max: 500 }) redirectUri: string;
  @Text({ optional: true, max: 500, description: 'RFC 9207, where the provider sends it' }) iss?: string;
}

/** Takes the tokens for a code, and signs nobody in. */
export class ExchangeCodeRequest {
  @Text() account: string;
  @Nested(() => OauthGrant) grant: OauthGrant;
}

/** Asks the provider once: it may replace the refresh token, and then knows the former one for stolen. */
export class RefreshGrantRequest {
  @Text() account: string;
  @Nested(() => OauthClientDto) client: OauthClientDto;
  @Text({ max: 20_000, secret: true }) refreshToken: string;
}

/** What a provider gave. Both are secrets: they travel only as the reply to a sealed request. */
export interface OauthTokens {
  accessToken: string;
  /** Absent where the provider gives none. */
  refreshToken?: string;
}

/** Logs in to Snowflake and keeps the sealed session under `sessionId`. */
export class OpenRequest {
  @Text() sessionId: string;
  @Text({ optional: true, max: 40, description: 'No longer is kept what could begin the session anew' })
  signInEndsAt?: string;
  @Text() account: string;
  @OneOf([...DIRECT_METHODS, 'oauth', 'external-oauth']) authenticator: DirectMethod | 'oauth' | 'external-oauth';
  @Text({ optional: true, description: 'Not needed where the token says who it is' }) username?: string;
  @Text({ optional: true, max: 1024 }) password?: string;
  @Text({ optional: true, max: 32 }) passcode?: string;
  @Text({ optional: true, max: 20_000 }) privateKey?: string;
  @Text({ optional: true, max: 1024 }) privateKeyPassphrase?: string;
  @Text({ optional: true, max: 20_000 }) token?: string;
  @Flag({ optional: true, description: 'Wait for the person to approve a pushed MFA request' }) push?: boolean;
  @Nested(() => OauthGrant, { optional: true }) oauth?: OauthGrant;
  @Text({ optional: true }) role?: string;
  @Text({ optional: true }) warehouse?: string;
  @Text({ optional: true }) database?: string;
  @Text({ optional: true }) schema?: string;
}

export interface OpenedSession {
  account: AccountIdentity;
  username: string;
  context: PinnedContext;
  /** All roles granted to the person, as CURRENT_AVAILABLE_ROLES says. */
  roles: string[];
}

/** Where to send a browser to sign in with a client. */
export class AuthorizeRequest {
  @Text() account: string;
  @Nested(() => OauthClientDto) client: OauthClientDto;
  @Text({ max: 500 }) redirectUri: string;
  @Text({ max: 200 }) state: string;
  @Text({ max: 200 }) codeChallenge: string;
  @Text({ optional: true, description: 'The one role the session is bound to; without it the default role' })
  role?: string;
}

export class ProviderRequest {
  @Text({ max: 500 }) issuer: string;
}

/** What a provider's discovery document says of who signs its tokens. */
export interface ProviderKeys {
  issuer: string;
  jwksUri: string;
}

export class AccountRequest {
  @Text() account: string;
}

/** With a context the session that asks, which must be one of the account, says where large results come from. */
export class TestConnectionRequest extends AccountRequest {
  @Nested(() => PinnedContextDto, { optional: true }) context?: PinnedContextDto;
}

/** An account in its one spelling, and where it answers. */
export interface AccountPlace {
  account: string;
  origin: string;
  isDemo: boolean;
}

export const CONNECTION_PARTS = ['name', 'login', 'oauth', 'rest', 'results'] as const;
export type ConnectionPart = (typeof CONNECTION_PARTS)[number];

export class ConnectionPartView {
  @OneOf(CONNECTION_PARTS) part: ConnectionPart;
  @OneOf(['ok', 'failed', 'not-tested']) state: 'ok' | 'failed' | 'not-tested';
  @Text({ nullable: true }) host: string | null;
  @Text({ max: 1_000, description: 'What was seen, what to do where it failed, or why it was not tested' })
  detail: string;
}

/** Whether each part of an account can be reached from here; the first that can't be is what to look at. */
export class ConnectionTest {
  @Text() account: string;
  @Nested(() => ConnectionPartView, { many: true }) parts: ConnectionPartView[];
}

/** A run keeps the Snowflake session open after its person has signed out, until it is let go or not renewed for so long. */
export class HoldRequest {
  @Text() runId: string;
  @Whole({ min: 1_000, max: 3_600_000 }) leaseMs: number;
}

export class ReleaseRequest {
  @Text() runId: string;
}

/** Opens a Snowflake session by a stored credential; the secret comes sealed from auth. */
export class OpenStoredRequest {
  @Text() sessionId: string;
  @Text() account: string;
  @OneOf(['key-pair', 'pat', 'oauth']) kind: 'key-pair' | 'pat' | 'oauth';
  @Text({ optional: true }) username?: string;
  @Text({ max: 20_000, secret: true, description: 'Private key, token, or an access token of the OAuth grant' })
  secret: string;
  @Text({ optional: true, max: 1024, secret: true }) passphrase?: string;
  @Text({ optional: true, description: 'Without it the one that the OAuth grant is for' }) role?: string;
  @Text({ nullable: true }) warehouse: string | null;
}

/** `finish` closes the Snowflake session once the last statement under it has ended. */
export class CloseRequest {
  @OneOf(['finish', 'cancel']) statements: 'finish' | 'cancel';
}

/** Proves a context by taking it: answers what Snowflake then reports. */
export class CheckContextRequest {
  @Nested(() => PinnedContextDto) context: PinnedContextDto;
}

/** `fresh`: the answer of a moment ago is not good enough, for what Snowflake grants was changed since. */
export class CheckLiveRequest extends CheckContextRequest {
  @Flag({ optional: true }) fresh?: boolean;
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
  @Text({ optional: true, description: 'The run that holds the session open' }) runId?: string;
  @Whole({ optional: true, min: 0, max: 5_000, description: 'Wait so long for its end, and answer that too' })
  waitMs?: number;
}

/** It is with Snowflake; with how it stands, where that was waited for and could be learned. */
export interface SubmittedStatement {
  queryId: string;
  status?: StatementStatus;
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

/** `unseen`: Snowflake says that it knows no such statement, which of a new one only means "not yet". */
export type StatementStatus =
  | { state: 'running'; queryId: string; unseen?: true }
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

/** `absent`: fenced, and proved never to have run, or stopped by the fence before it was applied. `unknown`: nobody can tell; it is never resubmitted. */
export type SettledOutcome = StatementStatus | { state: 'absent' } | { state: 'unknown' };

/** Asks what an ended statement took; numbers only. */
export class StatisticsRequest {
  @Text() queryId: string;
}

/** SHOW, DESCRIBE, EXPLAIN or a SELECT over INFORMATION_SCHEMA: metadata, never rows of data. */
export class MetadataRequest {
  @Text({ max: 1_000_100, description: 'EXPLAIN is a little longer than the longest statement' }) sql: string;
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
