import type { DriverCall, ReplyFacts } from './driver-call';
import type { RawColumn } from './snowflake-driver';

/** The session token is expired, unknown, or its session is gone. */
const SESSION_CODES = new Set(['390104', '390111', '390112', '390114', '390115']);

interface QueryData {
  parameters?: unknown;
  queryId?: string;
  rowtype?: Partial<RawColumn>[];
  total?: number;
  statementTypeId?: number;
  finalRoleName?: string | null;
  finalWarehouseName?: string | null;
  finalDatabaseName?: string | null;
  finalSchemaName?: string | null;
}

interface Reply {
  success?: boolean;
  code?: string | null;
  data?: QueryData | null;
}

/**
 * Reads a reply before the driver does, and takes three things out of the driver's hands:
 * - a refused session token: the driver would renew it for this process alone. Under another code it only reports it.
 * - session parameters: the driver keeps them for the whole process, so one session's would reach every other.
 * - column types: as text, values pass through the driver as Snowflake wrote them, none evaluated, rounded or reformatted.
 */
export function noteReply(call: DriverCall | undefined, body: unknown): void {
  if (typeof body !== 'object' || body === null) return;
  const reply = body as Reply;
  if (reply.success === false && reply.code && SESSION_CODES.has(reply.code)) {
    if (call) call.sessionRefused = reply.code;
    reply.code = `session-${reply.code}`;
    return;
  }
  const data = reply.data;
  if (!data) return;
  if (data.parameters !== undefined) data.parameters = [];
  if (!Array.isArray(data.rowtype)) return;
  const columns = data.rowtype.map(toRawColumn);
  if (call) call.reply = factsOf(data, columns);
  data.rowtype = columns.map((column) => ({ ...column, type: 'text' }));
}

function factsOf(data: QueryData, columns: RawColumn[]): ReplyFacts {
  return {
    queryId: data.queryId ?? '',
    columns,
    rowCount: data.total ?? 0,
    statementTypeId: data.statementTypeId ?? 0,
    finalContext: {
      role: data.finalRoleName ?? null,
      warehouse: data.finalWarehouseName ?? null,
      database: data.finalDatabaseName ?? null,
      schema: data.finalSchemaName ?? null,
    },
  };
}

function toRawColumn(column: Partial<RawColumn>): RawColumn {
  return {
    name: column.name ?? '',
    type: (column.type ?? 'text').toLowerCase(),
    nullable: column.nullable ?? true,
    precision: column.precision ?? null,
    scale: column.scale ?? null,
    length: column.length ?? null,
    byteLength: column.byteLength ?? null,
  };
}
