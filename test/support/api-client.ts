/** What came back from one HTTP call. */
export interface ApiReply<Body = unknown> {
  status: number;
  headers: Headers;
  body: Body;
}

interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Another replica than the client's own. */
  gatewayUrl?: string;
}

/** Talks to a running gateway as an API client does: JSON in and out, a bearer token once connected. */
export class ApiClient {
  private token: string | undefined;
  private refreshToken: string | undefined;

  constructor(readonly gatewayUrl: string) {}

  /** Signs in and keeps the access token. Throws with the answer where the sign-in failed. */
  async connect(username: string, password = username, account = 'demo'): Promise<Session> {
    const reply = await this.call<Tokens>('POST', '/auth/connect', {
      body: { account, authenticator: 'password', username, password, issueRefreshToken: true },
    });
    if (reply.status !== 201) throw new Error(`connect as ${username}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return this.keep(reply.body);
  }

  /**
   * Takes the tokens for new ones; asked for again until the session is over or `giveUpAtMs` is past, as the browser does: of one gateway
   * after the other, as what stands before them would.
   */
  async refresh(giveUpAtMs: number, gatewayUrls: readonly string[]): Promise<Session> {
    const body = { refreshToken: this.refreshToken };
    for (let attempt = 0; ; attempt += 1) {
      const gatewayUrl = gatewayUrls[attempt % gatewayUrls.length];
      const reply = await this.call<Tokens>('POST', '/auth/refresh', { body, gatewayUrl }).catch(() => undefined);
      if (reply?.status === 200) return this.keep(reply.body);
      if ((reply && reply.status < 500) || Date.now() > giveUpAtMs) {
        throw new Error(`refresh: ${reply?.status} ${JSON.stringify(reply?.body)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  private keep({ accessToken, refreshToken, session }: Tokens): Session {
    this.token = accessToken;
    this.refreshToken = refreshToken;
    return session;
  }

  /** What says who asks, for requests that are made otherwise. */
  get headers(): Record<string, string> {
    return this.token ? { authorization: `Bearer ${this.token}` } : {};
  }

  async call<Body = unknown>(method: string, path: string, options: CallOptions = {}): Promise<ApiReply<Body>> {
    const response = await this.send(method, path, options);
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Body };
  }

  /** The raw response, for streams. */
  send(
    method: string,
    path: string,
    { body, headers, signal, gatewayUrl = this.gatewayUrl }: CallOptions = {},
  ): Promise<Response> {
    return fetch(`${gatewayUrl}/api/v1${path}`, {
      method,
      signal,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.headers,
        ...headers,
      },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
  }
}

interface Tokens {
  accessToken: string;
  refreshToken: string;
  session: Session;
}

export interface Session {
  id: string;
  tenantId: string;
  account: string;
  username: string;
  role: string | null;
  warehouse: string | null;
  appRole: string;
}

export interface NodeRun {
  status: string;
  startedAt: string | null;
  finishedAt: string | null;
  rowCount?: number;
  queryId?: string;
  attempts: number;
  error?: { code: string; message?: string; line?: number };
  value?: unknown;
}

export interface Run {
  id: string;
  status: string;
  error?: { code: string; message?: string; nodeId?: string };
  nodes: Record<string, NodeRun>;
  statements: { step: string; state: string }[];
}

export interface ResultPage {
  columns: { name: string; type: string; nullable: boolean }[];
  rows: unknown[][];
  rowCount: number;
  nextCursor: string | null;
}

/** Starts a run and waits for its end; throws with the answer where it was refused or did not end in time. */
export async function runToEnd(api: ApiClient, request: object, waitSeconds = 30): Promise<Run> {
  const reply = await api.call<Run>('POST', '/workflows/run', {
    body: request,
    headers: { prefer: `wait=${waitSeconds}` },
  });
  if (reply.status !== 200) throw new Error(`run: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}

/** Every row of a node's result, page by page. */
export async function allRows(api: ApiClient, runId: string, nodeId: string): Promise<ResultPage> {
  const pages: ResultPage[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor ? `?limit=10000&cursor=${encodeURIComponent(cursor)}` : '?limit=10000';
    const reply = await api.call<ResultPage>('GET', `/runs/${runId}/nodes/${nodeId}/result${query}`);
    if (reply.status !== 200) throw new Error(`result of ${nodeId}: ${reply.status} ${JSON.stringify(reply.body)}`);
    pages.push(reply.body);
    cursor = reply.body.nextCursor;
  } while (cursor);
  return { ...(pages[0] as ResultPage), rows: pages.flatMap((page) => page.rows), nextCursor: null };
}
