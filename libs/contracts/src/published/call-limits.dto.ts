import { Whole } from '../dto/fields';

/** How much calls may come to. A day is one of UTC; null: no limit. */
export class CallLimits {
  @Whole({ nullable: true, optional: true, min: 1, max: 1_000_000, description: 'Calls a minute' })
  callsPerMinute?: number | null;
  @Whole({ nullable: true, optional: true, min: 1, max: 1_000_000_000, description: 'Calls a day' })
  callsPerDay?: number | null;
  @Whole({
    nullable: true,
    optional: true,
    min: 1,
    max: 1_000_000_000,
    description: 'Statements that their runs send in a day',
  })
  statementsPerDay?: number | null;
  @Whole({ nullable: true, optional: true, min: 1, description: 'Bytes that their statements read in a day at most' })
  bytesPerDay?: number | null;
  @Whole({ nullable: true, optional: true, min: 1, max: 1_000_000_000, description: 'Tokens of models in a day' })
  tokensPerDay?: number | null;
}
