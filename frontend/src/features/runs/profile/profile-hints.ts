import { bytesText, compactCount, durationText } from '../../format/numbers';
import type { StatementProfile } from './statement-profile';

/** What a statistic tells of a problem, and what helps. */
export interface ProfileHint {
  /** As a whole sentence: `It spilled 2 GB to disk.` */
  what: string;
  advice: string;
}

/** Fewer partitions than this are read in a moment, whether they were needed or not. */
const PARTITIONS_WORTH_PRUNING = 100;
const PRUNED_POORLY = 0.8;
/** Shorter waits are not worth a word. */
const LONG_MS = 5_000;

/** What stands out in the numbers of a statement. Nothing where they are as they should be, or not known. */
export function profileHints({ stats = {} }: StatementProfile): ProfileHint[] {
  const { bytesSpilled = 0, partitionsScanned = 0, partitionsTotal = 0, queueMs = 0, compileMs = 0 } = stats;
  const { executeMs = 0, warehouseSize } = stats;
  const hints: ProfileHint[] = [];
  if (bytesSpilled > 0) {
    hints.push({
      what: `It spilled ${bytesText(bytesSpilled)} to disk, because the memory of the warehouse did not suffice.`,
      advice: `Filter rows and select columns before joins, sorts and aggregates, or use a warehouse larger than ${warehouseSize ?? 'this one'}.`,
    });
  }
  if (partitionsTotal >= PARTITIONS_WORTH_PRUNING && partitionsScanned >= partitionsTotal * PRUNED_POORLY) {
    hints.push({
      what: `It read ${compactCount(partitionsScanned)} of ${compactCount(partitionsTotal)} partitions, so hardly any could be skipped.`,
      advice: 'Filter right behind the source, by a column that the table is ordered or clustered by, often a date.',
    });
  }
  if (queueMs >= LONG_MS && queueMs > executeMs) {
    hints.push({
      what: `It waited ${durationText(queueMs)} for the warehouse, longer than it executed.`,
      advice: 'The warehouse was starting or busy. Run it at another time, or on a warehouse of its own.',
    });
  }
  if (compileMs >= LONG_MS && compileMs > executeMs) {
    hints.push({
      what: `Snowflake took ${durationText(compileMs)} to compile it, longer than to execute it.`,
      advice: 'Read tables rather than views upon views, or write a table half way through the workflow.',
    });
  }
  return hints;
}
