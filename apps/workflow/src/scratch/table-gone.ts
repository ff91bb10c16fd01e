import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Outcomes } from '@snowflow/engine/run/step-outcome';
import { StatementFailed } from '../execution/sealed-failure';

const NO_SUCH_OBJECT = '002003';

/** The scratch table of a node was dropped before who reads it got there. */
export function tableIsGone(step: string): AppError {
  return new AppError(
    'RESULT_EXPIRED',
    `The rows of the node ${step} were kept in a scratch table, and it is gone: it was dropped at its run’s end, or in Snowflake. Run the node ${step} again, or all of it.`,
    { extensions: { nodeId: step } },
  );
}

/** Tells a statement's failure as what it is where Snowflake did not find the table that an earlier step had made. */
export const tableGone =
  (outcomes: Outcomes) =>
  (error: unknown): never => {
    const { code, message } = snowflakesWords(error);
    const missing = Object.entries(outcomes).find(
      ([, { table }]) => code === NO_SUCH_OBJECT && table && message.includes(table.name),
    );
    throw missing ? tableIsGone(missing[0]) : error;
  };

function snowflakesWords(error: unknown): { code?: string; message: string } {
  if (error instanceof StatementFailed) return error.failure;
  if (error instanceof AppError) return { code: error.details.snowflake?.code, message: error.message };
  return { message: '' };
}
