import type { StatementStats } from '@snowflow/contracts/connections/statement-stats.dto';

/** Credits that a standard warehouse takes in an hour, by its size; each is twice the one before. */
export const WAREHOUSE_SIZES = [
  'X-SMALL',
  'SMALL',
  'MEDIUM',
  'LARGE',
  'X-LARGE',
  '2X-LARGE',
  '3X-LARGE',
  '4X-LARGE',
  '5X-LARGE',
  '6X-LARGE',
];
export const MS_AN_HOUR = 3_600_000;
const FIGURES = 4;

/**
 * What a statement took of its warehouse, as if it had had it for itself: what else ran beside it, and the time a warehouse stays up
 * afterwards, is not in it. Null where size or time is not known.
 */
export function estimatedCredits({ warehouseSize, executeMs }: StatementStats): number | null {
  const place = warehouseSize === undefined ? -1 : WAREHOUSE_SIZES.indexOf(warehouseSize.toUpperCase());
  if (place < 0 || executeMs === undefined) return null;
  return Number(((2 ** place * executeMs) / MS_AN_HOUR).toPrecision(FIGURES));
}
