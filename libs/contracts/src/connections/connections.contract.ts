import { Done } from '../rpc/nothing';
import { defineService, read, ServiceClient, ServiceHandlers, write } from '../rpc/service-contract';
import {
  AccountPlace,
  AccountRequest,
  AuthorizeRequest,
  CancelRequest,
  CheckContextRequest,
  CheckLiveRequest,
  CloseRequest,
  ConnectionTest,
  DescribeRequest,
  ExchangeCodeRequest,
  Grants,
  HoldRequest,
  MetadataRequest,
  MetadataRows,
  OauthTokens,
  OpenedSession,
  OpenRequest,
  OpenStoredRequest,
  ProviderKeys,
  ProviderRequest,
  RefreshGrantRequest,
  ReleaseRequest,
  SettledOutcome,
  SettleRequest,
  StatementDescription,
  StatementStatus,
  StatisticsRequest,
  SubmitRequest,
  TestConnectionRequest,
  WaitRequest,
} from './connections.dto';
import { type CortexReply, CortexRequest } from './cortex.dto';
import type { StatementStats } from './statement-stats.dto';
import type { PinnedContext } from '../sessions/session-record';

/**
 * Snowflake sessions and statements. Rows never come this way: see rows/rows-handle.ts.
 * Errors: SNOWFLAKE_LOGIN_FAILED, OAUTH_FAILED, ROLE_REVOKED, SNOWFLAKE_UNREACHABLE, SNOWFLAKE_SESSION_ENDED, SQL_FAILED, SOURCE_NOT_FOUND, ROLE_MISMATCH, OVERLOADED.
 */
export const connectionsContract = defineService('connections', {
  open: write<OpenedSession>()(OpenRequest, { sealed: true, deadlineMs: 14_000 }),
  openStored: write<OpenedSession>()(OpenStoredRequest, { sealed: true, deadlineMs: 14_000 }),
  /** `finish` ends the Snowflake session once nothing runs under it and no run holds it, `cancel` at once. */
  close: write<Done>()(CloseRequest),
  hold: write<Done>()(HoldRequest),
  release: write<Done>()(ReleaseRequest),
  checkContext: write<PinnedContext>()(CheckContextRequest),
  /** Asks Snowflake, at most every few minutes, whether the session lives and the role is still granted. */
  checkLive: read<{ roles: string[] }>()(CheckLiveRequest),
  grants: read<Grants>()(CheckContextRequest),
  locate: read<AccountPlace>()(AccountRequest),
  test: read<ConnectionTest>()(TestConnectionRequest, { deadlineMs: 14_000 }),
  authorizeUrl: read<{ url: string }>()(AuthorizeRequest, { sealed: true }),
  /** Asks a company's identity provider where its keys are. */
  providerKeys: read<ProviderKeys>()(ProviderRequest, { deadlineMs: 12_000 }),
  exchangeCode: write<OauthTokens>()(ExchangeCodeRequest, { sealed: true, deadlineMs: 18_000 }),
  refreshGrant: write<Required<OauthTokens>>()(RefreshGrantRequest, { sealed: true, deadlineMs: 18_000 }),
  /** Answers as soon as Snowflake has taken the statement. */
  submit: write<{ queryId: string }>()(SubmitRequest, { sealed: true, deadlineMs: 60_000 }),
  /** Answers when the statement has ended or `waitMs` has passed. */
  wait: read<StatementStatus>()(WaitRequest, { deadlineMs: 45_000 }),
  cancel: write<Done>()(CancelRequest),
  settle: read<SettledOutcome>()(SettleRequest, { deadlineMs: 30_000 }),
  /** Best effort: what Snowflake does not say of it is absent. */
  statistics: read<StatementStats>()(StatisticsRequest, { deadlineMs: 15_000 }),
  metadata: read<MetadataRows>()(MetadataRequest, { sealed: true, deadlineMs: 30_000 }),
  /** One exchange with Cortex's REST interface, in the pinned context. Throws CORTEX_FAILED and CONTEXT_NOT_HONOURED, too. */
  cortex: write<CortexReply>()(CortexRequest, { sealed: true, deadlineMs: 70_000 }),
  describe: read<StatementDescription>()(DescribeRequest, { sealed: true, deadlineMs: 30_000 }),
});

export type ConnectionsClient = ServiceClient<typeof connectionsContract>;
export type ConnectionsHandlers = ServiceHandlers<typeof connectionsContract>;
