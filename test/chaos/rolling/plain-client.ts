import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

const PATIENCE_MS = 30_000;

/** A call that was not answered as it should be: by what, and of which route. */
export class FailedCall extends Error {}

/**
 * One person behind the balancer, over connections that are kept. What fails stays failed, but for what every browser and proxy does: a GET
 * over a kept connection that ends before anything is answered is sent once more, over a new one (RFC 9110, 9.2.2).
 */
export class PlainClient {
  /** How many GETs were sent once more. */
  sentAgain = 0;
  private token = '';
  private readonly agent = new Agent({ keepAlive: true });

  constructor(
    private readonly origin: string,
    private readonly note: (what: string, tookMs: number, failure?: string) => void,
  ) {}

  async connect(username: string): Promise<void> {
    const body = { account: 'demo', authenticator: 'password', username, password: username };
    const { accessToken } = await this.call<{ accessToken: string }>('connect', 'POST /auth/connect', 201, body);
    this.token = accessToken;
  }

  /** The answer's body; notes how long it took, or what came in place of the expected status. */
  async call<Body>(what: string, route: string, expected: number, body?: object): Promise<Body> {
    const startedAt = performance.now();
    try {
      const response = await this.open(route, {}, body);
      const answer = await text(response);
      if (response.statusCode !== expected) throw new FailedCall(`${response.statusCode} ${codeOf(answer)}`);
      this.note(what, performance.now() - startedAt);
      return JSON.parse(answer || 'null') as Body;
    } catch (error) {
      const failure = error instanceof FailedCall ? error.message : nameOf(error);
      this.note(what, performance.now() - startedAt, failure);
      throw new FailedCall(`${what}: ${failure}`);
    }
  }

  /** The response as it begins, for streams. */
  open(
    route: string,
    headers: Record<string, string> = {},
    body?: object,
    agent: Agent | false = this.agent,
  ): Promise<IncomingMessage> {
    const [method = '', path = ''] = route.split(' ');
    const content = body && JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const asked = request(
        `${this.origin}/api/v1${path}`,
        {
          method,
          agent,
          timeout: PATIENCE_MS,
          headers: {
            ...(content ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) } : {}),
            ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
            ...headers,
          },
        },
        resolve,
      );
      asked.once('timeout', () => asked.destroy(new Error('no answer')));
      asked.once('error', (error: NodeJS.ErrnoException) => {
        if (method !== 'GET' || !asked.reusedSocket || error.code !== 'ECONNRESET') return reject(error);
        this.sentAgain += 1;
        this.open(route, headers, body, false).then(resolve, reject);
      });
      asked.end(content);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

const nameOf = (error: unknown) =>
  error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : 'no reason';

function codeOf(body: string): string {
  try {
    return (JSON.parse(body) as { code?: string }).code ?? '';
  } catch {
    return body.slice(0, 40);
  }
}
