import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import type { Attempt } from './outside-call';
import type { WayOut } from './way-out';
import { failed, withoutAnswer } from './without-answer';

const LONGEST_SAYING = 500;
/** The SDK's own limit is never the one that ends a call: ours is. */
const NO_LIMIT_MS = 2_000_000_000;

/** What may be asked of a server, once. */
export interface McpAsked {
  client: Client;
  options: { signal: AbortSignal; timeout: number };
  /** What it is asked leaves now. */
  asking(): void;
}

/** A session with an MCP server for one question: opened, asked, and closed again. */
export async function inMcpSession<Reply>(
  url: URL,
  way: WayOut,
  ask: (asked: McpAsked) => Promise<Attempt<Reply>>,
): Promise<Attempt<Reply>> {
  let wasAsked = false;
  const fault: { error?: unknown } = {};
  const transport = new StreamableHTTPClientTransport(url, {
    fetch: (target, init) => throughWay(way, new URL(target), init, fault),
    reconnectionOptions: {
      maxReconnectionDelay: 1,
      initialReconnectionDelay: 1,
      reconnectionDelayGrowFactor: 1,
      maxRetries: 0,
    },
  });
  const client = new Client({ name: 'SnowFlow', version: '1' });
  // A stream that breaks off is never waited for.
  client.onerror = () => void client.close();
  way.onOverfull = () => void client.close();
  const options = { signal: way.signal, timeout: NO_LIMIT_MS };
  try {
    await client.connect(transport, options);
    return await ask({ client, options, asking: () => (wasAsked = true) });
  } catch (error) {
    way.signal.throwIfAborted();
    const { host } = url;
    if (fault.error !== undefined || way.isOverfull) return withoutAnswer(fault.error, way, host, wasAsked);
    if (error instanceof McpError && error.code !== Number(ErrorCode.ConnectionClosed))
      return failed(`${host} refused: ${said(way.hide(error.message))}`);
    if (way.status !== undefined && way.status >= 300) return ofStatus(way.status, host);
    return withoutAnswer(error, way, host, wasAsked);
  } finally {
    const { status } = way;
    if (transport.sessionId !== undefined && !way.signal.aborted)
      await transport.terminateSession().catch(() => undefined);
    await client.close().catch(() => undefined);
    way.status = status;
  }
}

/** As much of what a server said as fits into a sentence. */
export const said = (text: string) => (text.length <= LONGEST_SAYING ? text : `${text.slice(0, LONGEST_SAYING)}…`);

/** The SDK's requests, on the one way out. Nothing is listened to beside the answers. */
async function throughWay(
  way: WayOut,
  url: URL,
  init: RequestInit | undefined,
  fault: { error?: unknown },
): Promise<Response> {
  const method = init?.method ?? 'GET';
  if (method === 'GET') return new Response(null, { status: 405 });
  const headers = Object.fromEntries(new Headers(init?.headers));
  const body = typeof init?.body === 'string' ? { body: init.body } : {};
  try {
    return await way.fetch(url, { method, headers, ...body, reads: ['mcp-session-id'], streams: true });
  } catch (error) {
    fault.error ??= error;
    throw error;
  }
}

function ofStatus(status: number, host: string): Attempt<never> {
  const advice = status >= 500 ? 'Run it again later.' : 'Look at the address and the credential.';
  return failed(`${host} answered with status ${status}. ${advice}`, status >= 500);
}
