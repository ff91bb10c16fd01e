import { directSql } from '../support/direct-sql';
import { CHAOS_TABLE } from './chaos-kinds';

/** How often each marker stands in the table of marks. */
export async function timesInTable(warehouseUrl: string): Promise<Map<string, number>> {
  const rows = await directSql(warehouseUrl, `SELECT MARKER, COUNT(*) FROM DEMO.PUBLIC.${CHAOS_TABLE} GROUP BY MARKER`);
  return new Map(rows.map(([marker, times]) => [String(marker), Number(times)]));
}
