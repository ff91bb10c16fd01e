import type { EmbedTokenView } from '../auth/embed.dto';
import { SealedHandle } from '../catalog/catalog.dto';
import { type Page, PageQuery } from '../dto/page.dto';
import { Done, Nothing } from '../rpc/nothing';
import { defineService, read, ServiceClient, ServiceHandlers, write } from '../rpc/service-contract';
import { AgentTraceRequest, AgentTraceView } from './agent-trace.dto';
import { AccessMatrixRequest, AccessMatrixView } from './access.dto';
import { ApprovalView, DecisionRequest } from './approvals.dto';
import { BudgetView, SaveBudgetRequest } from './budget.dto';
import { ApplyRequest, DeployedView, DeployPreview, DeployRequest } from './deploy.dto';
import { type DraftReply, DraftRequest } from './draft.dto';
import type { ModelsView } from './models.dto';
import { ColumnUsesQuery, ColumnUsesReply, LineageReply, LineageRequest } from './lineage.dto';
import { PreviewReply, PreviewRequest } from './preview.dto';
import {
  HeldTags,
  NewOutsideCredential,
  OutsideCallView,
  OutsideCredentialId,
  OutsideCredentialsView,
  OutsideCredentialView,
  OutsideHosts,
} from './outside.dto';
import {
  EventsReply,
  EventsRequest,
  ResultRequest,
  RunId,
  RunRequest,
  RunsQuery,
  RunStartedView,
  RunSummaryView,
  RunView,
  SaveReply,
  SaveRequest,
  ValidateReply,
  ValidateRequest,
  WorkflowId,
  WorkflowsQuery,
  WorkflowSummaryView,
  WorkflowView,
} from './workflow.dto';
import {
  PublicationView,
  PublishedApi,
  PublishedCallReply,
  PublishedCallRequest,
  PublishedRunReply,
  PublishedRunRequest,
  PublishedSlug,
  SavePublicationRequest,
} from './publication.dto';
import { EmbeddedRequest, type EmbeddedWorkflow, EmbedTokenRequest } from './embed.dto';
import { SourceUsesQuery, SourceUseView } from './source-use.dto';
import { ScratchTablesView } from './scratch-tables.dto';
import { WebhookKeysView } from './webhook-keys.dto';

/** Drafts, revisions and runs. A workflow and its runs are private to their owner: another's id is NOT_FOUND. */
export const workflowContract = defineService('workflow', {
  save: write<SaveReply>()(SaveRequest),
  list: read<Page<WorkflowSummaryView>>()(WorkflowsQuery),
  get: read<WorkflowView>()(WorkflowId),
  remove: write<Done>()(WorkflowId),
  /** Workflows of the person that name a table or view. */
  usedBy: read<Page<SourceUseView>>()(SourceUsesQuery),
  validate: read<ValidateReply>()(ValidateRequest, { deadlineMs: 30_000 }),
  /** Where the columns of a document come from. */
  lineage: read<LineageReply>()(LineageRequest, { deadlineMs: 30_000 }),
  /** What a table's column goes into, in the asking person's saved workflows. */
  columnUses: read<ColumnUsesReply>()(ColumnUsesQuery, { deadlineMs: 45_000 }),
  /** Waits for Snowflake's EXPLAIN of every statement. */
  preview: read<PreviewReply>()(PreviewRequest, { sealed: true, deadlineMs: 45_000 }),
  /** Waits for Snowflake's SHOW GRANTS of every role. */
  accessMatrix: read<AccessMatrixView>()(AccessMatrixRequest, { sealed: true, deadlineMs: 45_000 }),
  models: read<ModelsView>()(Nothing, { deadlineMs: 30_000 }),
  /** Waits for a model, hence its deadline. It is a write although it keeps nothing: asked anew, the model would be paid for anew. */
  draft: write<DraftReply>()(DraftRequest, { sealed: true, deadlineMs: 60_000 }),
  budget: read<BudgetView>()(WorkflowId),
  saveBudget: write<BudgetView>()(SaveBudgetRequest),
  /** What a workflow would become in Snowflake; nothing is executed. */
  deploy: read<DeployPreview>()(DeployRequest, { sealed: true, deadlineMs: 30_000 }),
  /** Makes it, as the person. A failed statement is an answer, for what was made before it stays. */
  applyDeploy: write<DeployedView>()(ApplyRequest, { sealed: true, deadlineMs: 150_000 }),
  startRun: write<RunStartedView>()(RunRequest, { sealed: true, deadlineMs: 30_000 }),
  /** Workflows as an API. */
  publication: read<PublicationView>()(WorkflowId),
  savePublication: write<PublicationView>()(SavePublicationRequest),
  removePublication: write<Done>()(WorkflowId),
  /** By a key, for its tenant, with nobody signed in. Waits for Snowflake to let the credential in. */
  callPublished: write<PublishedCallReply>()(PublishedCallRequest, { sealed: true, deadlineMs: 60_000 }),
  publishedRun: read<PublishedRunReply>()(PublishedRunRequest, { sealed: true, deadlineMs: 55_000 }),
  publishedApi: read<PublishedApi>()(PublishedSlug),

  /** A token for showing a workflow in other pages, for who may see it; and what its holder is shown. */
  embedToken: write<EmbedTokenView>()(EmbedTokenRequest, { sealed: true }),
  embedded: read<EmbeddedWorkflow>()(EmbeddedRequest, { sealed: true }),

  listRuns: read<Page<RunSummaryView>>()(RunsQuery),
  getRun: read<RunView>()(RunId, { sealed: true }),
  events: read<EventsReply>()(EventsRequest),
  result: read<SealedHandle>()(ResultRequest),
  /** What an agent of a run did, call by call. */
  agentTrace: read<AgentTraceView>()(AgentTraceRequest, { sealed: true }),
  cancelRun: write<Done>()(RunId),
  /** A new run of the same plan that takes over what succeeded. */
  retryRun: write<RunStartedView>()(RunId, { deadlineMs: 30_000 }),
  /** Runs of the tenant that wait for the asking person's decision. */
  approvals: read<Page<ApprovalView>>()(PageQuery, { sealed: true }),
  decide: write<Done>()(DecisionRequest, { sealed: true }),
  /** For owners and admins of the tenant. */
  webhookKeys: read<WebhookKeysView>()(Nothing, { sealed: true }),
  rotateWebhookKey: write<WebhookKeysView>()(Nothing, { sealed: true }),
  /** For owners and admins of the tenant. */
  overdueTables: read<ScratchTablesView>()(Nothing),
  /** For owners and admins of the tenant: which hosts its workflows may call, with what, and what they called. */
  outsideHosts: read<OutsideHosts>()(Nothing),
  saveOutsideHosts: write<OutsideHosts>()(OutsideHosts),
  heldTags: read<HeldTags>()(Nothing),
  saveHeldTags: write<HeldTags>()(HeldTags),
  outsideCredentials: read<OutsideCredentialsView>()(Nothing),
  addOutsideCredential: write<OutsideCredentialView>()(NewOutsideCredential, { sealed: true }),
  removeOutsideCredential: write<Done>()(OutsideCredentialId),
  outsideCalls: read<Page<OutsideCallView>>()(PageQuery, { sealed: true }),
  /** Lets the runs go on in the asking session that wait for their person to sign in again, and drops the tables that earlier runs of theirs left. */
  resumeRuns: write<Done>()(Nothing),
  /** Cancels every run of the asking session that goes on; its person signs out with them. */
  cancelRuns: write<Done>()(Nothing),
  /** Lets every run of the asking session that goes on, or still waits, keep its Snowflake session; its person signs out without them. */
  holdRuns: write<Done>()(Nothing),
});

export type WorkflowClient = ServiceClient<typeof workflowContract>;
export type WorkflowHandlers = ServiceHandlers<typeof workflowContract>;
