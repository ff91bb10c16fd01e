import { DynamicModule, Module } from '@nestjs/common';
import { SqlParser } from '@snowflow/engine/sql/sql-parser';
import { PolyglotSqlParser } from '@snowflow/engine/sql/polyglot.sql-parser';
import { type CoreOptions, CoreModule } from './core.module';
import { AgentStepsRepository } from './agents/agent-steps.repository';
import { AgentTraceController } from './agents/agent-trace.controller';
import { AgentTraceService } from './agents/agent-trace.service';
import { AccessController } from './access/access.controller';
import { AccessMatrixService } from './access/access-matrix.service';
import { AuditController } from './audit/audit.controller';
import { AuditService } from './audit/audit.service';
import { BudgetsService } from './budget/budgets.service';
import { ConsentsController } from './consent/consents.controller';
import { ConsentsRepository } from './consent/consents.repository';
import { ConsentsService } from './consent/consents.service';
import { RunGuard } from './consent/run-guard';
import { DeployController } from './deploy/deploy.controller';
import { DeployService } from './deploy/deploy.service';
import { StatementSequence } from './deploy/statement-sequence';
import { DraftCallsRepository } from './drafting/draft-calls.repository';
import { DraftModels } from './drafting/draft-models';
import { DraftsController } from './drafting/drafts.controller';
import { DraftsService } from './drafting/drafts.service';
import { VisibleNames } from './drafting/visible-names.service';
import { EmbedController } from './embed/embed.controller';
import { EmbedService } from './embed/embed.service';
import { IdempotencyRepository } from './idempotency/idempotency.repository';
import { CostController } from './preview/cost.controller';
import { ColumnUsesService } from './lineage/column-uses.service';
import { LineageController } from './lineage/lineage.controller';
import { GraphLineage } from './lineage/graph-lineage';
import { LineageService } from './lineage/lineage.service';
import { ExplainPrivileges } from './preview/explain-privileges';
import { PreviewService } from './preview/preview.service';
import { ModelsController } from './models/models.controller';
import { CortexModels } from './models/models.cortex';
import { EndpointModels } from './models/models.endpoint';
import { ModelsService } from './models/models.service';
import { WebhookKeys } from './notifications/webhook-keys';
import { WebhookKeysController } from './notifications/webhook-keys.controller';
import { WebhookKeysRepository } from './notifications/webhook-keys.repository';
import { OutsideCallsRepository } from './outside/outside-calls.repository';
import { OutsideController } from './outside/outside.controller';
import { OutsideCredentials } from './outside/outside-credentials';
import { OutsideCredentialsRepository } from './outside/outside-credentials.repository';
import { OutsideHostsRepository } from './outside/outside-hosts.repository';
import { OutsideJournal } from './outside/outside-journal';
import { OutsidePolicy } from './outside/outside-policy';
import { HeldTagsRepository } from './outside/held-tags.repository';
import { HeldTagsService } from './outside/held-tags.service';
import { TagGuard } from './outside/tag-guard';
import { OutsideService } from './outside/outside.service';
import { PolicyProblems } from './policies/policy-problems';
import { QueueWatch } from './queue/queue-watch';
import { PublishingService } from './revisions/publishing.service';
import { RevisionsController } from './revisions/revisions.controller';
import { RevisionsRepository } from './revisions/revisions.repository';
import { RevisionsService } from './revisions/revisions.service';
import { CallBudgets } from './publications/call-budgets';
import { CallUsageRepository } from './publications/call-usage.repository';
import { KnownPublications } from './publications/known-publications';
import { PublicationsController } from './publications/publications.controller';
import { PublicationsRepository } from './publications/publications.repository';
import { PublicationsService } from './publications/publications.service';
import { PublishedCallsService } from './publications/published-calls.service';
import { PublishedRunsService } from './publications/published-runs.service';
import { ToldRuns } from './publications/told-runs';
import { PublishApprovals } from './publish-approvals/publish-approvals';
import { PublishApprovalsController } from './publish-approvals/publish-approvals.controller';
import { PublishRequestsRepository } from './publish-approvals/publish-requests.repository';
import { PublishRequestsService } from './publish-approvals/publish-requests.service';
import { ApprovalsRepository } from './runs/approvals.repository';
import { ApprovalsService } from './runs/approvals.service';
import { EarlierRun } from './runs/earlier-run';
import { RunCancels } from './runs/run-cancels';
import { RunPlanning } from './runs/run-planning';
import { RunStartService } from './runs/run-start.service';
import { ResultsService } from './runs/results.service';
import { RunsController } from './runs/runs.controller';
import { RunsRepository } from './runs/runs.repository';
import { RunsService } from './runs/runs.service';
import { SessionRunsService } from './runs/session-runs.service';
import { Clock, SystemClock } from './schedules/clock';
import { InstantsRepository } from './schedules/instants.repository';
import { OverlappingRuns } from './schedules/overlapping-runs';
import { ScheduleFailures } from './schedules/schedule-failures';
import { SchedulePause } from './schedules/schedule-pause';
import { EVERY_MINUTE, SCHEDULE_OPTIONS, type ScheduleOptions } from './schedules/schedule-options';
import { ScheduleRights } from './schedules/schedule-rights';
import { SchedulesController } from './schedules/schedules.controller';
import { SchedulesRepository } from './schedules/schedules.repository';
import { SchedulesService } from './schedules/schedules.service';
import { FiringRepository } from './schedules/firing.repository';
import { ScheduleStarter } from './schedules/schedule-starter';
import { ScheduleStarting } from './schedules/schedule-starting';
import { ScheduleWorkRepository } from './schedules/schedule-work.repository';
import { OverdueTablesService } from './scratch/overdue-tables.service';
import { ScratchSweep } from './scratch/scratch-sweep';
import { ScratchTablesController } from './scratch/scratch-tables.controller';
import { ScratchTablesRepository } from './scratch/scratch-tables.repository';
import { ExportService } from './transfer/export.service';
import { ImportNeedsService } from './transfer/import-needs.service';
import { ImportService } from './transfer/import.service';
import { TransferController } from './transfer/transfer.controller';
import { TemplateMissingService } from './templates/template-missing.service';
import { TemplateSource } from './templates/template-source.service';
import { TemplateUse } from './templates/template-use.service';
import { TemplatesController } from './templates/templates.controller';
import { TemplatesRepository } from './templates/templates.repository';
import { TemplatesService } from './templates/templates.service';
import { OverviewService } from './tower/overview.service';
import { TowerApprovalsService } from './tower/tower-approvals.service';
import { TowerController } from './tower/tower.controller';
import { TowerRunsRepository } from './tower/tower-runs.repository';
import { TowerRunsService } from './tower/tower-runs.service';
import { UsageService } from './tower/usage.service';
import { OwnershipService } from './sharing/ownership.service';
import { SharesRepository } from './sharing/shares.repository';
import { UnattendedUsesRepository } from './sharing/unattended-uses.repository';
import { SharingController } from './sharing/sharing.controller';
import { SharingService } from './sharing/sharing.service';
import { WorkflowAccess } from './sharing/workflow-access';
import { TrashController } from './trash/trash.controller';
import { TrashRepository } from './trash/trash.repository';
import { TrashService } from './trash/trash.service';
import { PinnedRevisionsRepository } from './unattended/pinned-revisions.repository';
import { UnattendedRuns } from './unattended/unattended-runs';
import { UnattendedSessions } from './unattended/unattended-sessions';
import { CalledWorkflowsService } from './validation/called-workflows.service';
import { CurrentSession } from './validation/current-session';
import { KnowledgeService } from './validation/knowledge.service';
import { PlanningService } from './validation/planning.service';
import { RecentPlans } from './validation/recent-plans';
import { ValidationService } from './validation/validation.service';
import { RequestedDocument } from './workflows/requested-document';
import { WorkflowsController } from './workflows/workflows.controller';
import { SourceUsesRepository } from './workflows/source-uses.repository';
import { SourceUsesService } from './workflows/source-uses.service';
import { WorkflowsRepository } from './workflows/workflows.repository';
import { WorkflowsService } from './workflows/workflows.service';

/** The service: drafts, validation, and runs up to the moment a worker takes them. */
@Module({})
export class AppModule {
  static forRoot(options: CoreOptions, schedules: ScheduleOptions = EVERY_MINUTE): DynamicModule {
    return {
      module: AppModule,
      imports: [CoreModule.forRoot(options)],
      controllers: [
        WorkflowsController,
        TemplatesController,
        DeployController,
        RunsController,
        CostController,
        LineageController,
        AccessController,
        WebhookKeysController,
        OutsideController,
        ScratchTablesController,
        AgentTraceController,
        ModelsController,
        DraftsController,
        TransferController,
        AuditController,
        TowerController,
        RevisionsController,
        SharingController,
        TrashController,
        SchedulesController,
        PublicationsController,
        ConsentsController,
        PublishApprovalsController,
        EmbedController,
      ],
      providers: [
        { provide: SqlParser, useFactory: () => PolyglotSqlParser.create() },
        QueueWatch,
        EmbedService,
        AgentStepsRepository,
        AgentTraceService,
        IdempotencyRepository,
        SourceUsesRepository,
        SourceUsesService,
        WorkflowsRepository,
        RequestedDocument,
        WorkflowsService,
        ImportNeedsService,
        ImportService,
        ExportService,
        TemplatesRepository,
        TemplateSource,
        TemplateMissingService,
        TemplatesService,
        TemplateUse,
        WorkflowAccess,
        SharesRepository,
        UnattendedUsesRepository,
        SharingService,
        OwnershipService,
        TrashRepository,
        TrashService,
        RevisionsRepository,
        RevisionsService,
        PublishingService,
        CurrentSession,
        CalledWorkflowsService,
        KnowledgeService,
        RecentPlans,
        PolicyProblems,
        PlanningService,
        ValidationService,
        ExplainPrivileges,
        PreviewService,
        AccessMatrixService,
        ModelsService,
        LineageService,
        GraphLineage,
        ColumnUsesService,
        CortexModels,
        EndpointModels,
        VisibleNames,
        DraftCallsRepository,
        DraftModels,
        DraftsService,
        BudgetsService,
        DeployService,
        StatementSequence,
        RunsRepository,
        EarlierRun,
        RunCancels,
        RunPlanning,
        RunStartService,
        RunsService,
        ApprovalsRepository,
        ApprovalsService,
        SessionRunsService,
        ResultsService,
        OutsideHostsRepository,
        OutsideCredentialsRepository,
        OutsideCredentials,
        OutsideCallsRepository,
        OutsideJournal,
        OutsidePolicy,
        OutsideService,
        HeldTagsRepository,
        HeldTagsService,
        TagGuard,
        WebhookKeysRepository,
        WebhookKeys,
        ScratchTablesRepository,
        ScratchSweep,
        OverdueTablesService,
        AuditService,
        OverviewService,
        TowerRunsRepository,
        TowerRunsService,
        TowerApprovalsService,
        UsageService,
        PinnedRevisionsRepository,
        UnattendedSessions,
        UnattendedRuns,
        { provide: Clock, useClass: SystemClock },
        ScheduleWorkRepository,
        InstantsRepository,
        SchedulePause,
        ScheduleFailures,
        OverlappingRuns,
        { provide: SCHEDULE_OPTIONS, useValue: schedules },
        SchedulesRepository,
        FiringRepository,
        ScheduleRights,
        SchedulesService,
        ScheduleStarting,
        ScheduleStarter,
        PublicationsRepository,
        PublicationsService,
        KnownPublications,
        CallUsageRepository,
        CallBudgets,
        ToldRuns,
        PublishedRunsService,
        PublishedCallsService,
        ConsentsRepository,
        ConsentsService,
        RunGuard,
        PublishRequestsRepository,
        PublishApprovals,
        PublishRequestsService,
      ],
    };
  }
}
