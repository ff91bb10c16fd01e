import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ROWS_HANDLE_HEADER, ROWS_HANDLE_PURPOSE, type RowsHandle } from '@snowflow/contracts/rows/rows-handle';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { PretendSnowflake } from './pretend-snowflake';

/** Connection-manager's internal rows port, for specs: whoever holds a right to a result of the pretended Snowflake gets its rows. */
export async function startPretendRows(sealer: Sealer, snowflake: PretendSnowflake) {
  const server = createServer((request, response) => {
    const sealed = String(request.headers[ROWS_HANDLE_HEADER]);
    const { source, limit } = JSON.parse(sealer.open(sealed, ROWS_HANDLE_PURPOSE)) as RowsHandle;
    const rows = 'queryId' in source ? snowflake.rowsOf(source.queryId) : [];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ columns: [], rows: rows.slice(0, limit), rowCount: rows.length, nextCursor: null }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
