import { AuditRequest, ChainPage, VerifiedStretch, VerifyAuditRequest } from '../audit/audit.dto';
import type { ConnectionTest, OauthClientDto } from '../connections/connections.dto';
import type { Page } from '../dto/page.dto';
import { Done, Nothing } from '../rpc/nothing';
import type { TenantLimits } from '../sessions/tenant-limits';
import { defineService, read, ServiceClient, ServiceHandlers, write } from '../rpc/service-contract';
import {
  ApiKeyHash,
  ApiKeyId,
  ApiKeyIdentity,
  ApiKeyView,
  CreateApiKeyRequest,
  CreatedApiKey,
  RotateApiKeyRequest,
  TenantApiKeyView,
} from './api-keys.dto';
import {
  AbandonRequest,
  ConnectReply,
  ContextRequest,
  DisconnectRequest,
  MeView,
  RefreshRequest,
  SessionView,
  SignInRequest,
} from './auth.dto';
import {
  BindingId,
  CredentialId,
  CredentialSession,
  CredentialView,
  OauthCredentialRequest,
  ProposeBindingRequest,
  ReplaceSecretRequest,
  StoreCredentialRequest,
  UseCredentialRequest,
} from './credentials.dto';
import {
  EmbedFrameReply,
  EmbedFrameRequest,
  EmbedSettingsBody,
  EmbedSettingsView,
  EmbedTokenView,
  SignEmbedTokenRequest,
} from './embed.dto';
import {
  AccountQuery,
  ExternalOauthSetupQuery,
  ExternalOauthSetupSql,
  OauthFinished,
  OauthFinishRequest,
  OauthSetupSql,
  OauthStarted,
  OauthStartRequest,
  SignInOptions,
} from './oauth.dto';
import { PoliciesView, SavePoliciesRequest } from './policies.dto';
import { EndedSessions, SessionId, SessionListItem, TenantSessionView } from './session-list.dto';
import {
  ChangeMemberRequest,
  ColleagueQuery,
  type ColleagueView,
  InviteRequest,
  MemberId,
  MemberView,
  OauthClientView,
  OauthProviderId,
  OwnershipChallenge,
  SaveOauthClientRequest,
  TenantSettings,
} from './tenant.dto';

/**
 * Who people are: sign-in, sessions, tokens, tenants and their members, secrets kept for long work. `connect`, `refresh` and
 * `oauthFinish` always answer the refresh token; the gateway decides between cookie and body.
 */
export const authContract = defineService('auth', {
  signInOptions: read<SignInOptions>()(AccountQuery),
  testConnection: read<ConnectionTest>()(AccountQuery, { deadlineMs: 15_000 }),
  /** Of the account of the session that asks, with the hosts that its results come from. */
  testOwnConnection: read<ConnectionTest>()(Nothing, { deadlineMs: 15_000 }),
  /** A pushed MFA request is waited for under a longer deadline, which the caller gives. */
  connect: write<Required<ConnectReply>>()(SignInRequest, { sealed: true, deadlineMs: 15_000 }),
  abandon: write<Done>()(AbandonRequest),
  oauthStart: write<OauthStarted>()(OauthStartRequest, { sealed: true }),
  oauthFinish: write<OauthFinished>()(OauthFinishRequest, { sealed: true, deadlineMs: 40_000 }),
  refresh: write<Required<ConnectReply>>()(RefreshRequest, { sealed: true, deadlineMs: 15_000 }),
  disconnect: write<Done>()(DisconnectRequest),
  me: read<MeView>()(Nothing),
  context: write<SessionView>()(ContextRequest),

  sessions: read<Page<SessionListItem>>()(Nothing),
  /** One of the caller's own sessions. */
  revokeSession: write<Done>()(SessionId),
  /** All of the caller's sessions, the asking one too. */
  revokeSessions: write<EndedSessions>()(Nothing),

  /** For owners and admins: everybody's of the tenant, and any of them. */
  tenantSessions: read<Page<TenantSessionView>>()(Nothing),
  revokeTenantSession: write<Done>()(SessionId),

  settings: read<TenantSettings>()(Nothing),
  saveSettings: write<TenantSettings>()(TenantSettings),
  /** Of the scope's tenant, for those who enforce them and find no copy; leaves one. */
  limitsInForce: read<TenantLimits>()(Nothing, { deadlineMs: 5_000 }),
  /** For admins; what is in force everybody of the tenant may know. */
  policies: read<PoliciesView>()(Nothing),
  policiesInForce: read<PoliciesView>()(Nothing),
  savePolicies: write<PoliciesView>()(SavePoliciesRequest),
  members: read<Page<MemberView>>()(Nothing),
  /** A member of the asking person's tenant by name: for everybody who gives something to somebody. */
  colleague: read<ColleagueView>()(ColleagueQuery),
  invite: write<MemberView>()(InviteRequest),
  changeMember: write<MemberView>()(ChangeMemberRequest),
  /** Ends their sessions and suspends their credentials. */
  removeMember: write<Done>()(MemberId),
  oauthClients: read<Page<OauthClientView>>()(Nothing),
  oauthSetupSql: read<OauthSetupSql>()(Nothing),
  externalOauthSetupSql: read<ExternalOauthSetupSql>()(ExternalOauthSetupQuery, { deadlineMs: 14_000 }),
  /** With its secret, to renew a session of the tenant by. */
  oauthClient: read<OauthClientDto>()(OauthProviderId, { sealed: true }),
  saveOauthClient: write<OauthClientView>()(SaveOauthClientRequest, { sealed: true }),
  removeOauthClient: write<Done>()(OauthProviderId),
  ownershipChallenge: write<OwnershipChallenge>()(Nothing),
  /** Looks for the challenge in Snowflake; the caller owns the tenant from then on. */
  proveOwnership: write<SessionView>()(Nothing),

  apiKeys: read<Page<ApiKeyView>>()(Nothing),
  createApiKey: write<CreatedApiKey>()(CreateApiKeyRequest, { sealed: true }),
  removeApiKey: write<Done>()(ApiKeyId),
  /** A new secret in the place of the old one. */
  rotateApiKey: write<CreatedApiKey>()(RotateApiKeyRequest, { sealed: true }),
  /** Everybody's keys, and the end of any of them, for owners and admins. */
  tenantApiKeys: read<Page<TenantApiKeyView>>()(Nothing),
  revokeTenantApiKey: write<Done>()(ApiKeyId),
  /** Asked by the gateway for a call that brings no session. Throws UNAUTHENTICATED and KEY_EXPIRED. */
  identifyApiKey: read<ApiKeyIdentity>()(ApiKeyHash),

  /** Embedding: which pages may, for admins; of a frame's address, for the gateway; and a token, for the scope's tenant. */
  embedSettings: read<EmbedSettingsView>()(Nothing),
  saveEmbedSettings: write<EmbedSettingsView>()(EmbedSettingsBody),
  embedFrame: read<EmbedFrameReply>()(EmbedFrameRequest),
  signEmbedToken: write<EmbedTokenView>()(SignEmbedTokenRequest, { sealed: true }),

  credentials: read<Page<CredentialView>>()(Nothing),
  storeCredential: write<CredentialView>()(StoreCredentialRequest, { sealed: true, deadlineMs: 20_000 }),
  /** `oauthFinish` stores what the provider then gives. */
  startOauthCredential: write<OauthStarted>()(OauthCredentialRequest, { sealed: true }),
  replaceSecret: write<CredentialView>()(ReplaceSecretRequest, { sealed: true, deadlineMs: 20_000 }),
  removeCredential: write<Done>()(CredentialId),
  proposeBinding: write<CredentialView>()(ProposeBindingRequest),
  approveBinding: write<CredentialView>()(BindingId),
  revokeBinding: write<CredentialView>()(BindingId),
  /** Uses of one OAuth credential wait for each other, and each asks the provider before Snowflake. */
  useCredential: write<CredentialSession>()(UseCredentialRequest, { deadlineMs: 50_000 }),

  /** For owners and admins of the tenant: what was changed here, and whether the log of it is whole. */
  audit: read<ChainPage>()(AuditRequest),
  verifyAudit: read<VerifiedStretch>()(VerifyAuditRequest),
});

export type AuthClient = ServiceClient<typeof authContract>;
export type AuthHandlers = ServiceHandlers<typeof authContract>;
