import { DynamicModule, Module } from '@nestjs/common';
import { PolyglotSqlParser } from '@snowflow/engine/sql/polyglot.sql-parser';
import { SqlParser } from '@snowflow/engine/sql/sql-parser';
import { RowsClient } from '@snowflow/platform/rows/rows-client';
import { AgentStepsRepository } from './agents/agent-steps.repository';
import { AgentThreads } from './agents/agent-threads';
import { AgentsOfRuns } from './agents/agents-of-runs';
import { RunBudgets } from './budget/run-budgets';
import { type CoreOptions, CoreModule } from './core.module';
import { HttpResultRows } from './execution/http.result-rows';
import { ConsentsRepository } from './consent/consents.repository';
import { RunGuard } from './consent/run-guard';
import { CortexOfRuns } from './cortex/cortex-of-runs';
import { LeaseTaker } from './execution/lease-taker';
import { ResultRows } from './execution/result-rows';
import { ReturnedPerson } from './execution/returned-person';
import { RunExecutor } from './execution/run-executor';
import { RunWorker } from './execution/run-worker';
import { StatementStatistics } from './execution/statement-statistics';
import { WaitsRepository } from './execution/waits.repository';
import { RunsRepository } from './runs/runs.repository';
import { ScratchSweep } from './scratch/scratch-sweep';
import { ScratchTables } from './scratch/scratch-tables';
import { ScratchTablesRepository } from './scratch/scratch-tables.repository';
import { WORKER_OPTIONS, type WorkerOptions } from './execution/worker-options';
import { ModelCallsRepository } from './models/model-calls.repository';
import { CortexModels } from './models/models.cortex';
import { EndpointModels } from './models/models.endpoint';
import { ModelsOfRuns } from './models/models-of-runs';
import { Deliveries } from './notifications/deliveries';
import { EffectsRepository } from './notifications/effects.repository';
import { NOTIFICATION_OPTIONS, type NotificationOptions } from './notifications/notification-options';
import { SmtpNotifier } from './notifications/notifier.smtp';
import { WebhookNotifier } from './notifications/notifier.webhook';
import { WebhookKeys } from './notifications/webhook-keys';
import { WebhookKeysRepository } from './notifications/webhook-keys.repository';
import { Egress, type EgressOptions } from './outside/egress';
import { OUTSIDE_OPTIONS, type OutsideOptions } from './outside/outside-options';
import { OutsideCallsRepository } from './outside/outside-calls.repository';
import { OutsideCredentials } from './outside/outside-credentials';
import { OutsideCredentialsRepository } from './outside/outside-credentials.repository';
import { OutsideGate } from './outside/outside-gate';
import { HeldTagsRepository } from './outside/held-tags.repository';
import { TagGuard } from './outside/tag-guard';
import { OutsideHostsRepository } from './outside/outside-hosts.repository';
import { OutsideJournal } from './outside/outside-journal';
import { OutsideRoad } from './outside/outside-road';
import { RestingHosts } from './outside/resting-hosts';
import { PolicyGate } from './policies/policy-gate';
import { QueueSweep } from './queue/queue-sweep';
import { Purge, RETENTION, type RetentionOptions } from './retention/purge';
import { KeptRevisionsRepository } from './retention/kept-revisions.repository';
import { PurgeRepository } from './retention/purge.repository';
import { Clock, SystemClock } from './schedules/clock';
import { FiringRepository } from './schedules/firing.repository';
import { InstantsRepository } from './schedules/instants.repository';
import { ScheduleFailures } from './schedules/schedule-failures';
import { ScheduleFiring } from './schedules/schedule-firing';
import { ScheduleFollowing } from './schedules/schedule-following';
import { ScheduleNotices } from './schedules/schedule-notices';
import { SchedulePause } from './schedules/schedule-pause';
import { ScheduleWorker } from './schedules/schedule-worker';
import { ScheduleWorkRepository } from './schedules/schedule-work.repository';
import { PinnedRevisionsRepository } from './unattended/pinned-revisions.repository';
import { ReopenedSession } from './unattended/reopened-session';
import { UnattendedSessions } from './unattended/unattended-sessions';

/** What a worker reaches beside the database, Redis and the other services. */
export interface WorkerReach {
  /** connection-manager's internal origins, for rows. */
  rowsOrigins: readonly string[];
  notifications: NotificationOptions;
  egress: EgressOptions;
  outside: OutsideOptions;
}

/** The worker: takes runs up and executes them, and clears up after them. It answers no requests. */
@Module({})
export class WorkerModule {
  static forRoot(
    options: CoreOptions,
    worker: WorkerOptions,
    retention: RetentionOptions,
    reach: WorkerReach,
  ): DynamicModule {
    return {
      module: WorkerModule,
      imports: [CoreModule.forRoot(options)],
      providers: [
        { provide: WORKER_OPTIONS, useValue: worker },
        { provide: NOTIFICATION_OPTIONS, useValue: reach.notifications },
        CortexOfRuns,
        { provide: SqlParser, useFactory: () => PolyglotSqlParser.create() },
        CortexModels,
        EndpointModels,
        ModelCallsRepository,
        ModelsOfRuns,
        PolicyGate,
        { provide: Egress, useValue: new Egress(reach.egress) },
        { provide: OUTSIDE_OPTIONS, useValue: reach.outside },
        OutsideHostsRepository,
        OutsideCredentialsRepository,
        OutsideCredentials,
        OutsideCallsRepository,
        OutsideJournal,
        RestingHosts,
        OutsideRoad,
        OutsideGate,
        HeldTagsRepository,
        TagGuard,
        AgentStepsRepository,
        AgentThreads,
        AgentsOfRuns,
        EffectsRepository,
        WebhookKeysRepository,
        WebhookKeys,
        WebhookNotifier,
        SmtpNotifier,
        Deliveries,
        LeaseTaker,
        WaitsRepository,
        RunsRepository,
        PinnedRevisionsRepository,
        UnattendedSessions,
        ConsentsRepository,
        RunGuard,
        ReopenedSession,
        ReturnedPerson,
        RunBudgets,
        ScratchTablesRepository,
        ScratchTables,
        ScratchSweep,
        StatementStatistics,
        {
          provide: ResultRows,
          useFactory: () => new HttpResultRows(new RowsClient(reach.rowsOrigins), options.sealer),
        },
        RunExecutor,
        RunWorker,
        QueueSweep,
        { provide: Clock, useClass: SystemClock },
        FiringRepository,
        ScheduleWorkRepository,
        InstantsRepository,
        SchedulePause,
        ScheduleFailures,
        ScheduleFiring,
        ScheduleFollowing,
        ScheduleNotices,
        ScheduleWorker,
        { provide: RETENTION, useValue: retention },
        PurgeRepository,
        KeptRevisionsRepository,
        Purge,
      ],
    };
  }
}
