import type { Run } from '../../../api/types';
import { bytesText, compactCount, durationText, rowsText } from '../../format/numbers';

/** What is known of a statement after its end. */
export type StatementProfile = Run['statements'][number];

type Fact = [name: string, value: string];

/** The profile of a step's statement, in a run that may have been read before there were any. */
export const profileOf = (
  statements: readonly StatementProfile[] | undefined,
  step: string | undefined,
): StatementProfile | undefined => statements?.find((statement) => statement.step === step);

/** A statement in numbers; only what Snowflake said. */
export function profileFacts({ stats = {}, estimatedCredits, attempts }: StatementProfile): Fact[] {
  const { bytesScanned, rowsProduced, partitionsScanned, partitionsTotal, compileMs, queueMs, executeMs } = stats;
  const facts: [string, string | undefined][] = [
    ['Scanned', ifKnown(bytesScanned, bytesText)],
    ['Partitions', partitionsText(partitionsScanned, partitionsTotal)],
    ['Produced', ifKnown(rowsProduced, rowsText)],
    ['Compiling', ifKnown(compileMs, durationText)],
    ['Waiting for the warehouse', ifKnown(queueMs, durationText)],
    ['Executing', ifKnown(executeMs, durationText)],
    ['Spilled to disk', ifKnown(stats.bytesSpilled, bytesText)],
    ['Warehouse size', stats.warehouseSize],
    ['Credits', estimatedCredits === null ? undefined : `est. ${creditsText(estimatedCredits)}`],
    ['Sent', attempts > 1 ? `${attempts} times` : undefined],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] satisfies Fact]));
}

const ifKnown = (value: number | undefined, text: (value: number) => string) =>
  value === undefined ? undefined : text(value);

function partitionsText(scanned: number | undefined, total: number | undefined): string | undefined {
  if (scanned === undefined) return undefined;
  return total === undefined ? compactCount(scanned) : `${compactCount(scanned)} of ${compactCount(total)}`;
}

/** Three places below one credit; what is less than the least of them is not nothing. */
function creditsText(credits: number): string {
  if (credits === 0) return '0';
  if (credits < 0.001) return '< 0.001';
  return credits < 1 ? credits.toFixed(3) : credits.toFixed(2);
}
