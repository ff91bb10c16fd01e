import { DynamicModule, Module } from '@nestjs/common';
import { type CoreOptions, CoreModule } from './core.module';
import { LeasesRepository } from './execution/leases.repository';
import { ReturnedPerson } from './execution/returned-person';
import { RunExecutor } from './execution/run-executor';
import { RunRecordRepository } from './execution/run-record.repository';
import { RunWorker } from './execution/run-worker';
import { WaitsRepository } from './execution/waits.repository';
import { RunsRepository } from './runs/runs.repository';
import { WORKER_OPTIONS, type WorkerOptions } from './execution/worker-options';
import { WakeUpRelay } from './queue/wake-up-relay';

/** The worker: takes runs up and executes them. It answers no requests. */
@Module({})
export class WorkerModule {
  static forRoot(options: CoreOptions, worker: WorkerOptions): DynamicModule {
    return {
      module: WorkerModule,
      imports: [CoreModule.forRoot(options)],
      providers: [
        { provide: WORKER_OPTIONS, useValue: worker },
        LeasesRepository,
        RunRecordRepository,
        WaitsRepository,
        RunsRepository,
        ReturnedPerson,
        RunExecutor,
        RunWorker,
        WakeUpRelay,
      ],
    };
  }
}
