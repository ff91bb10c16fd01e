import { Moment, Nested, Text } from '../dto/fields';

/** A scratch table that outlived its run. */
export class ScratchTableView {
  @Text() database: string;
  @Text() schema: string;
  @Text() name: string;
  @Text() runId: string;
  @Text({ description: 'Who ran it, and whose rights it takes to drop the table' }) person: string;
  @Moment({ description: 'When nothing needed it any more' }) since: string;
}

/** A task that an account can make of its own, to sweep one schema every night. */
export class SweepTaskView {
  @Text() database: string;
  @Text() schema: string;
  @Text({ max: 10_000 }) sql: string;
}

/** At most 200 tables, the oldest first; a task for each schema that holds any, those in use too. */
export class ScratchTablesView {
  @Nested(() => ScratchTableView, { many: true }) items: ScratchTableView[];
  @Text({ nullable: true }) nextCursor: string | null;
  @Nested(() => SweepTaskView, { many: true }) tasks: SweepTaskView[];
}
