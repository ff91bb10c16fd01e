import { DynamicModule, Module } from '@nestjs/common';
import { RowsClient } from '@snowflow/platform/rows/rows-client';
import { type CoreOptions, CoreModule } from './core.module';
import { HttpResultRows } from './execution/http.result-rows';
import { LeaseTaker } from './execution/lease-taker';
import { ResultRows } from './execution/result-rows';
import { ReturnedPerson } from './execution/returned-person';
import { RunExecutor } from './execution/run-executor';
import { RunWorker } from './execution/run-worker';
import { WaitsRepository } from './execution/waits.repository';
import { RunsRepository } from './runs/runs.repository';
import { WORKER_OPTIONS, type WorkerOptions } from './execution/worker-options';
import { QueueSweep } from './queue/queue-sweep';
import { Purge, RETENTION, type RetentionOptions } from './retention/purge';
import { PurgeRepository } from './retention/purge.repository';

/** The worker: takes runs up and executes them, and clears up after them. It answers no requests. */
@Module({})
export class WorkerModule {
  static forRoot(options: CoreOptions, worker: WorkerOptions, retention: RetentionOptions): DynamicModule {
    return {
      module: WorkerModule,
      imports: [CoreModule.forRoot(options)],
      providers: [
        { provide: WORKER_OPTIONS, useValue: worker },
        LeaseTaker,
        WaitsRepository,
        RunsRepository,
        ReturnedPerson,
        {
          provide: ResultRows,
          useFactory: () => new HttpResultRows(new RowsClient(worker.rowsUrls), options.sealer),
        },
        RunExecutor,
        RunWorker,
        QueueSweep,
        { provide: RETENTION, useValue: retention },
        PurgeRepository,
        Purge,
      ],
    };
  }
}
