import type { StatementRunView } from '@snowflow/contracts/workflow/workflow.dto';
import { estimatedCredits } from './estimated-credits';
import type { StatementJson } from './runs.repository';

/** A statement of a run; of one that was sent again the last try counts. */
export function statementViewOf({ step, query_id: queryId, state, stats, attempts }: StatementJson): StatementRunView {
  return {
    step,
    queryId,
    state,
    attempts,
    ...(stats === null ? {} : { stats }),
    estimatedCredits: stats === null ? null : estimatedCredits(stats),
  };
}
