import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it arrived. */
export interface AskedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

interface AgentAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** It comes only after this. */
  after?: Promise<void>;
}

/** Somebody's HTTP agent, on loopback. It counts whoever connects. */
export class AgentServer {
  readonly asked: AskedRequest[] = [];
  /** What the next requests are answered, in their order; then the agent says what it was asked. */
  readonly answers: AgentAnswer[] = [];
  connections = 0;
  private readonly server = createServer(async (request, response) => {
    const body = await text(request);
    const { method = '', url: path = '', headers } = request;
    this.asked.push({ method, path, headers, body });
    const answer = this.answers.shift() ?? { body: JSON.stringify({ said: body, to: path }) };
    await answer.after;
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body ?? '');
  }).on('connection', () => void (this.connections += 1));

  static async start(): Promise<AgentServer> {
    const agent = new AgentServer();
    agent.server.listen(0, '127.0.0.1');
    await once(agent.server, 'listening');
    return agent;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  /** Requests whose path begins so. */
  of(path: string): AskedRequest[] {
    return this.asked.filter((request) => request.path.startsWith(path));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
