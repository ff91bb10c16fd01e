import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** One request as it arrived. */
export interface SeenRequest {
  method: string;
  path: string;
  search: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: { sqlText?: string; parameters?: Record<string, unknown>; data?: Record<string, unknown> };
}

export type Answer = object | ((request: SeenRequest, response: ServerResponse) => object | undefined);

export const ok = (data: unknown) => ({ success: true, code: null, message: null, data });
export const refusal = (code: string, message: string, data: object = {}) => ({ success: false, code, message, data });
export const rowset = (rowtype: object[], rows: (string | null)[][], more: object = {}) =>
  ok({
    rowtype,
    rowset: rows,
    total: rows.length,
    returned: rows.length,
    queryId: '01b00000-0000-0000-0000-000000000001',
    version: 1,
    statementTypeId: 4096,
    queryResultFormat: 'json',
    parameters: [],
    finalRoleName: 'SYSADMIN',
    ...more,
  });

const LOGIN = {
  token: 'session-token',
  masterToken: 'master-token',
  validityInSeconds: 3600,
  masterValidityInSeconds: 14400,
  sessionId: 1,
  parameters: [],
};

/** A server that says whatever a spec wants: the hostile, broken or dead Snowflake that the driver's traps are about. */
export class ScriptedWarehouse {
  readonly seen: SeenRequest[] = [];
  private readonly answers = new Map<string, Answer>();

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => void this.take(request, response));
    this.on('/session/v1/login-request', ok(LOGIN));
  }

  static async start(): Promise<ScriptedWarehouse> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ScriptedWarehouse(server);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  on(path: string, answer: Answer): void {
    this.answers.set(path, answer);
  }

  onLogin(more: object): void {
    this.on('/session/v1/login-request', ok({ ...LOGIN, ...more }));
  }

  onQuery(answer: Answer): void {
    this.on('/queries/v1/query-request', answer);
  }

  seenAt(path: string): SeenRequest[] {
    return this.seen.filter((request) => request.path === path);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    const seen: SeenRequest = {
      method: request.method ?? '',
      path: url.pathname,
      search: url.searchParams,
      headers: request.headers,
      body: await readBody(request),
    };
    this.seen.push(seen);
    const answer = this.answers.get(url.pathname) ?? ok(null);
    const reply = typeof answer === 'function' ? answer(seen, response) : answer;
    if (reply === undefined) return;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(reply));
  }
}

async function readBody(request: IncomingMessage): Promise<SeenRequest['body']> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const bytes = Buffer.concat(parts);
  if (bytes.length === 0) return {};
  const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  if (isForm) return { data: Object.fromEntries(new URLSearchParams(text.toString())) };
  return JSON.parse(text.toString()) as SeenRequest['body'];
}
