import { Nested, Text, Whole } from '../dto/fields';
import type { RunBudget } from '../sessions/tenant-limits';

/** A petabyte: numbers up to it stay exact in JSON. */
const MOST_BYTES = 1_000_000_000_000_000;

/** What one run may take; null is no limit. It is stopped before the statement or the call of a model that would pass it. */
export class RunBudgetDto implements RunBudget {
  @Whole({ nullable: true, min: 1, max: MOST_BYTES, description: 'By what EXPLAIN says, which is an upper bound' })
  maxBytes: number | null;
  @Whole({ nullable: true, min: 1, max: 100_000 }) maxStatements: number | null;
  @Whole({ nullable: true, min: 1, max: 2_592_000, description: 'Since the run began; no statement begins later' })
  maxSeconds: number | null;
  @Whole({
    nullable: true,
    min: 1,
    max: 1_000_000_000,
    description: 'Of models that nodes ask; functions in SQL are not counted',
  })
  maxTokens: number | null;
}

export class SaveBudgetRequest extends RunBudgetDto {
  @Text() id: string;
}

/** A workflow's own budget and its tenant's: of each limit the lower one holds. */
export class BudgetView extends RunBudgetDto {
  @Nested(() => RunBudgetDto) tenant: RunBudgetDto;
}
