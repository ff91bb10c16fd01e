import type { StatementStats } from '@snowflow/contracts/connections/statement-stats.dto';

/** A query as Snowflake's monitoring tells of it. */
export interface MonitoredQuery {
  status?: string;
  warehouseExternalSize?: unknown;
  stats?: unknown;
}

/** Each number of ours, and the names whose sum it is in Snowflake's monitoring, where times are milliseconds. */
const SOURCES = {
  bytesScanned: ['scanBytes'],
  rowsProduced: ['producedRows'],
  partitionsScanned: ['scanFiles'],
  partitionsTotal: ['scanOriginalFiles'],
  compileMs: ['compilationTime'],
  queueMs: ['queuedLoadTime', 'queuedResumeTime'],
  executeMs: ['xpExecTime'],
  bytesSpilled: ['ioLocalTempWriteBytes', 'ioRemoteTempWriteBytes'],
} as const satisfies Partial<Record<keyof StatementStats, readonly string[]>>;

/** Monitoring is nobody's contract: whatever is not the number that is expected counts as not said. */
export function statsOf({ warehouseExternalSize: size, stats }: MonitoredQuery): StatementStats {
  const said =
    typeof stats === 'object' && stats !== null ? new Map<string, unknown>(Object.entries(stats)) : new Map();
  const numbers = Object.entries(SOURCES).flatMap(([name, sources]) => {
    const values = sources.map((source) => said.get(source)).filter(isCount);
    return values.length === 0 ? [] : [[name, values.reduce((sum, value) => sum + value, 0)] as const];
  });
  const warehouse = typeof size === 'string' && size.length > 0 && size.length <= 40 ? { warehouseSize: size } : {};
  return { ...Object.fromEntries(numbers), ...warehouse };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
