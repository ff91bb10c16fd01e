import type { TableEntry } from '../catalog/catalog-entries';
import type { StatementTree } from '../parser/statement-tree';
import { smallResult, statementTypes } from '../results/result';
import { tableBytes } from '../catalog/table-size';
import type { CompiledStatement } from '../sql/compiled-statement';
import { integer, text, type ResultColumn } from '../sql/snowflake-type';
import type { Statement } from '../statements/statement';
import { unsupported } from '../statements/warehouse-error';

interface Scan {
  object: string;
  bytes: number;
}

const tabular: ResultColumn[] = [
  ['step', integer],
  ['id', integer],
  ['parent', integer],
  ['operation', text],
  ['objects', text],
  ['alias', text],
  ['expressions', text],
  ['partitionsTotal', integer],
  ['partitionsAssigned', integer],
  ['bytesAssigned', integer],
].map(([name, type]) => ({ name, type, nullable: true }) as ResultColumn);
const content: ResultColumn[] = [{ name: 'content', type: text, nullable: true }];

/**
 * EXPLAIN of a query, of what changes a table, and of CREATE TABLE AS: what it reads, not how. That `inner` compiled proves that the role
 * may do it.
 */
export function compileExplain(
  { format }: Extract<StatementTree, { t: 'explain' }>,
  inner: CompiledStatement,
): CompiledStatement {
  const { reads } = inner;
  if (!reads) throw unsupported('EXPLAIN of anything but a query or what changes a table');
  const columns = format === 'TABULAR' ? tabular : content;
  return {
    columns,
    statementTypeId: statementTypes.explain,
    run: async (statement) => {
      const scans = await Promise.all([...reads].map((table) => scanOf(table, statement)));
      return smallResult(columns, rowsOf(format, scans), statementTypes.explain);
    },
  };
}

/** One partition for each table. */
async function scanOf(table: TableEntry, { session }: Statement): Promise<Scan> {
  const bytes = await tableBytes(table, session.account.engine);
  return { object: `${table.database}.${table.schema}.${table.name}`, bytes };
}

function rowsOf(format: 'TABULAR' | 'JSON' | 'TEXT', scans: readonly Scan[]) {
  const total = scans.reduce((sum, { bytes }) => sum + bytes, 0);
  switch (format) {
    case 'JSON': {
      const operations = [
        { id: 0, operation: 'Result', expressions: [] },
        ...scans.map(({ object, bytes }, index) => ({
          id: index + 1,
          operation: 'TableScan',
          objects: [object],
          parentOperators: [0],
          partitionsTotal: 1,
          partitionsAssigned: 1,
          bytesAssigned: bytes,
        })),
      ];
      const stats = { partitionsTotal: scans.length, partitionsAssigned: scans.length, bytesAssigned: total };
      return [[JSON.stringify({ GlobalStats: stats, Operations: [operations] })]];
    }
    case 'TEXT': {
      const lines = scans.map(
        ({ object, bytes }, index) =>
          `1:${index + 1}     ->TableScan  ${object}  {partitionsTotal=1, partitionsAssigned=1, bytesAssigned=${bytes}}`,
      );
      const head = `GlobalStats:\n    partitionsTotal=${scans.length}\n    partitionsAssigned=${scans.length}\n    bytesAssigned=${total}`;
      return [[[head, 'Operations:', '1:0     ->Result', ...lines].join('\n')]];
    }
    case 'TABULAR':
      return [
        [null, null, null, 'GlobalStats', null, null, null, scans.length, scans.length, total],
        [1, 0, null, 'Result', null, null, null, null, null, null],
        ...scans.map(({ object, bytes }, index) => [1, index + 1, 0, 'TableScan', object, null, null, 1, 1, bytes]),
      ];
  }
}
