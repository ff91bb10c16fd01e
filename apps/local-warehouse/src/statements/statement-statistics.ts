import { tableBytes } from '../catalog/table-size';
import type { Statement } from './statement';

/** What is known of an ended statement, under the names of Snowflake's monitoring; what is not known is left out. */
export async function statisticsOf(statement: Statement): Promise<Record<string, number>> {
  const { compiled, endedAt, submittedAt, result } = statement;
  if (!compiled || endedAt === undefined) return {};
  const times = {
    compilationTime: compiled.ms,
    ...(compiled.reads ? { xpExecTime: Math.max(0, endedAt - submittedAt - compiled.ms) } : {}),
  };
  if (!result) return times;
  return { ...times, producedRows: result.rowsAffected ?? result.total, ...(await scansOf(statement)) };
}

/** A table is one partition and is read as a whole. One that is gone since can't be measured any more. */
async function scansOf({ compiled, session }: Statement): Promise<Record<string, number>> {
  if (!compiled?.reads) return {};
  const tables = [...compiled.reads];
  try {
    const sizes = await Promise.all(tables.map((table) => tableBytes(table, session.account.engine)));
    const scanBytes = sizes.reduce((sum, bytes) => sum + bytes, 0);
    return { scanBytes, scanFiles: tables.length, scanOriginalFiles: tables.length };
  } catch {
    return {};
  }
}
