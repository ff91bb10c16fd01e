import { AppError } from '@snowflow/contracts/errors/app-error';

/** The failure of an agent whose supervisor fails with it: not for the supervisor's model to hear. */
export class DelegationFailed extends Error {
  constructor(
    readonly agent: string,
    override readonly cause: AppError,
  ) {
    super(`The agent ${agent} failed`);
  }

  /** As the run's page says it. */
  told(): AppError {
    return new AppError(this.cause.code, `The agent “${this.agent}” failed: ${this.cause.message}`, this.cause.details);
  }
}
