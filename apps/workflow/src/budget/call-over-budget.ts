import { AppError } from '@snowflow/contracts/errors/app-error';

/** A call inside a run is over the budget of the workflow that it calls: nothing more of it is sent, while the run around it goes on. */
export class CallOverBudget extends AppError {
  constructor(
    message: string,
    /** What stands before the ids of the call's steps. */
    readonly prefix: string,
  ) {
    super('BUDGET_EXCEEDED', message);
  }
}
