import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { z } from 'zod';

/** An MCP server made with the official SDK, with sessions, on loopback. */
export class McpToolsServer {
  readonly authorizations: (string | undefined)[] = [];
  /** Arguments of each call of a tool. */
  readonly calls: object[] = [];
  /** Sessions that go on. */
  readonly sessions = new Map<string, StreamableHTTPServerTransport>();
  /** Calls are answered only after this. */
  after: Promise<void> = Promise.resolve();
  private readonly server = createServer(async (request, response) => {
    this.authorizations.push(request.headers.authorization);
    const body: unknown = request.method === 'POST' ? await json(request) : undefined;
    const transport = await this.transportOf(request);
    await transport.handleRequest(request, response, body);
  });

  static async start(): Promise<McpToolsServer> {
    const server = new McpToolsServer();
    server.server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return server;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/mcp`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async transportOf({ headers }: IncomingMessage): Promise<StreamableHTTPServerTransport> {
    const known = this.sessions.get(String(headers['mcp-session-id']));
    if (known) return known;
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void this.sessions.set(id, transport),
      onsessionclosed: (id) => void this.sessions.delete(id),
    });
    await this.tools().connect(transport);
    return transport;
  }

  private tools(): McpServer {
    const server = new McpServer({ name: 'tickets', version: '1' });
    const heard = async (given: object) => {
      this.calls.push(given);
      await this.after;
    };
    server.registerTool(
      'search',
      {
        description: 'Finds tickets',
        inputSchema: { query: z.string() },
        outputSchema: { found: z.array(z.string()) },
      },
      async (given) => {
        await heard(given);
        const found = [`T-1 ${given.query}`];
        return { structuredContent: { found }, content: [{ type: 'text', text: JSON.stringify({ found }) }] };
      },
    );
    server.registerTool('say', { description: 'Says it', inputSchema: { text: z.string() } }, async (given) => {
      await heard(given);
      return { content: [{ type: 'text', text: `You said ${given.text}` }] };
    });
    server.registerTool('fail', { description: 'Fails' }, async () => {
      await heard({});
      return { isError: true, content: [{ type: 'text', text: 'The tickets are on fire' }] };
    });
    server.registerTool('long', { description: 'Says much' }, async () => {
      await heard({});
      return { content: [{ type: 'text', text: 'x'.repeat(3_000_000) }] };
    });
    return server;
  }
}
