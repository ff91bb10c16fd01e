import type { ServerResponse } from 'node:http';
import type { AccountDirectory } from '../accounts/account-directory';
import { sendChunk, type Exchange } from './exchange';

/** GET /chunks/:queryId/:number?key= — like a signed address of a cloud store: the driver sends no token here, the key admits. */
export async function sendChunkOf(exchange: Exchange, accounts: AccountDirectory, response: ServerResponse) {
  const [, queryId = '', number = ''] = /^\/chunks\/([0-9a-f-]{36})\/(\d+)$/.exec(exchange.url.pathname) ?? [];
  const statement = accounts.statement(queryId);
  const chunk = statement?.result?.chunks[Number(number)];
  if (!statement || !chunk || !statement.admits(exchange.url.searchParams.get('key') ?? '')) {
    response.writeHead(403).end();
    return;
  }
  sendChunk(response, await statement.session.account.files.readChunk(queryId, Number(number)));
}
