import type { StatementRunView } from '@snowflow/contracts/workflow/workflow.dto';
import { estimatedCredits } from './estimated-credits';
import type { StatementJson } from './runs.repository';

/** The statements of a run by step, in the order in which the steps were first sent; of one sent again the last try counts. */
export function statementViews(journal: readonly StatementJson[]): StatementRunView[] {
  const views = new Map<string, StatementRunView>();
  for (const { step, query_id: queryId, state, stats } of journal) {
    views.set(step, {
      step,
      queryId,
      state,
      attempts: (views.get(step)?.attempts ?? 0) + 1,
      ...(stats === null ? {} : { stats }),
      estimatedCredits: stats === null ? null : estimatedCredits(stats),
    });
  }
  return [...views.values()];
}
