import { AuditRequest, ChainPage, VerifiedStretch, VerifyAuditRequest } from '../audit/audit.dto';
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
import { ConsentRequest } from './consent.dto';
import { AskToPublish, DecidePublish, PublishRequestView } from './publish-request.dto';
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
  ChosenRevisionRequest,
  DiffRequest,
  DiffView,
  NameRevisionRequest,
  PublishedView,
  RevisionDocumentView,
  RevisionId,
  RevisionsRequest,
  RevisionView,
} from './revisions.dto';
import {
  NewOwnerRequest,
  OwnerView,
  RemoveRequest,
  SaveSharesRequest,
  SaveTagsRequest,
  SharesBody,
  TagsBody,
} from './sharing.dto';
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
import { ExportOneRequest, ExportReply, ImportReportView, ImportRequest } from './transfer.dto';
import {
  ChangedTemplate,
  NewTemplate,
  TemplateId,
  TemplateMadeView,
  TemplatesQuery,
  TemplateSummaryView,
  TemplateUsedView,
  TemplateView,
  UseTemplate,
} from './templates.dto';
import { ScratchTablesView } from './scratch-tables.dto';
import { OverviewQuery, OverviewView, TowerApprovalView, TowerRunsQuery, TowerRunView } from './tower.dto';
import { UsageQuery, UsageView } from './usage.dto';
import {
  ChangeScheduleRequest,
  CreateScheduleRequest,
  ScheduleId,
  ScheduleRunsRequest,
  ScheduleRunView,
  SchedulesQuery,
  ScheduleSummaryView,
  ScheduleView,
  TimingBody,
  TimingView,
} from './schedules.dto';
import { WebhookKeysView } from './webhook-keys.dto';

/** Drafts, revisions and runs. A workflow and its runs are private to their owner until shared: what one may not see is NOT_FOUND. */
export const workflowContract = defineService('workflow', {
  save: write<SaveReply>()(SaveRequest),
  list: read<Page<WorkflowSummaryView>>()(WorkflowsQuery),
  get: read<WorkflowView>()(WorkflowId),
  /** Files of workflows, without secrets. A write, for who exported what is recorded. */
  exportWorkflows: write<ExportReply>()(ExportOneRequest, { sealed: true, deadlineMs: 30_000 }),
  /** Makes drafts of all workflows of a file, or of none; asks the catalog what the role finds of what they name. */
  importWorkflows: write<ImportReportView>()(ImportRequest, { sealed: true, deadlineMs: 60_000 }),
  /** Into the trash, or with `forever` out of it for good. */
  remove: write<Done>()(RemoveRequest),
  restore: write<Done>()(WorkflowId),

  /** Revisions: what was saved never changes, only its name and whether it is published. */
  revisions: read<Page<RevisionView>>()(RevisionsRequest),
  revision: read<RevisionDocumentView>()(RevisionId),
  nameRevision: write<RevisionView>()(NameRevisionRequest),
  diff: read<DiffView>()(DiffRequest),
  publish: write<PublishedView>()(ChosenRevisionRequest, { deadlineMs: 30_000 }),
  /** An old document becomes a new revision on top of the present draft, which stays. */
  rollback: write<SaveReply>()(ChosenRevisionRequest),

  /** Who else of the tenant may do what with a workflow, what it is tagged with, and whose it is. */
  shares: read<SharesBody>()(WorkflowId),
  saveShares: write<SharesBody>()(SaveSharesRequest),
  saveTags: write<TagsBody>()(SaveTagsRequest),
  transfer: write<OwnerView>()(NewOwnerRequest),

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

  /** Running what somebody else wrote: the person has seen what it does. */
  consent: write<Done>()(ConsentRequest),
  /** A revision waits for an owner or admin other than its author before it is published. */
  askToPublish: write<PublishRequestView>()(AskToPublish),
  publishRequests: read<Page<PublishRequestView>>()(PageQuery),
  decidePublish: write<PublishRequestView>()(DecidePublish),
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
  /** Templates: those that come with SnowFlow, and the tenant's own. */
  templates: read<Page<TemplateSummaryView>>()(TemplatesQuery),
  /** With what the asking session lacks for it; waits for Snowflake. */
  template: read<TemplateView>()(TemplateId, { deadlineMs: 45_000 }),
  createTemplate: write<TemplateMadeView>()(NewTemplate),
  changeTemplate: write<Done>()(ChangedTemplate),
  removeTemplate: write<Done>()(TemplateId),
  /** A new workflow, with those it calls. */
  useTemplate: write<TemplateUsedView>()(UseTemplate),
  /** For owners and admins of the tenant: what was changed here, and whether the log of it is whole. */
  audit: read<ChainPage>()(AuditRequest),
  verifyAudit: read<VerifiedStretch>()(VerifyAuditRequest),
  /** For owners and admins of the tenant: what all of its people run, wait for and use. No SQL, columns or values are in it. */
  overview: read<OverviewView>()(OverviewQuery, { deadlineMs: 20_000 }),
  towerRuns: read<Page<TowerRunView>>()(TowerRunsQuery),
  cancelAnyRun: write<Done>()(RunId),
  towerApprovals: read<Page<TowerApprovalView>>()(PageQuery, { sealed: true }),
  /** Asks Snowflake's account usage views where the role may read them. */
  usage: read<UsageView>()(UsageQuery, { deadlineMs: 45_000 }),
  /** Lets the runs go on in the asking session that wait for their person to sign in again, and drops the tables that earlier runs of theirs left. */
  resumeRuns: write<Done>()(Nothing),
  /** Cancels every run of the asking session that goes on; its person signs out with them. */
  cancelRuns: write<Done>()(Nothing),
  /** Lets every run of the asking session that goes on, or still waits, keep its Snowflake session; its person signs out without them. */
  holdRuns: write<Done>()(Nothing),
  /** What runs by the clock. Whose workflow it is makes and changes it; owners and admins of the tenant see, pause and remove any. */
  schedules: read<Page<ScheduleView>>()(SchedulesQuery, { sealed: true }),
  schedule: read<ScheduleView>()(ScheduleId, { sealed: true }),
  createSchedule: write<ScheduleView>()(CreateScheduleRequest, { sealed: true }),
  changeSchedule: write<ScheduleView>()(ChangeScheduleRequest, { sealed: true }),
  removeSchedule: write<Done>()(ScheduleId),
  previewTiming: read<TimingView>()(TimingBody),
  runScheduleNow: write<ScheduleRunView>()(ScheduleId),
  scheduleRuns: read<Page<ScheduleRunView>>()(ScheduleRunsRequest),
  schedulesOfTenant: read<Page<ScheduleSummaryView>>()(PageQuery),
});

export type WorkflowClient = ServiceClient<typeof workflowContract>;
export type WorkflowHandlers = ServiceHandlers<typeof workflowContract>;
