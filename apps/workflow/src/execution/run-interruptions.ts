/** Why a worker stops executing a run that has not ended by itself. */
export abstract class RunInterruption extends Error {}

/** Somebody asked for it: the run's statements are cancelled and the run ends. */
export class CancelRequested extends RunInterruption {}

/** Another worker has the run, or it has ended: nothing more may be written or cancelled here. */
export class LeaseLost extends RunInterruption {}

/** This process is stopping: the run goes on elsewhere, and so do its statements. */
export class WorkerStopping extends RunInterruption {}

/** Postgres does not take what happens: no failure of a step, so the run goes on, here or elsewhere, once it does. */
export class StoreTrouble extends RunInterruption {
  constructor(cause: unknown) {
    super('The run could not be written', { cause });
  }
}
