import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { kv2Engine } from './hashicorp-kv2';
import { transitEngine } from './hashicorp-transit';

export interface TestVault {
  address: string;
  token: string;
  namespace: string;
  /** What was asked, as `METHOD path`. */
  asked: string[];
  /** Answers the next requests so instead: a status, or silence. */
  fail(...outcomes: (number | 'silence' | 'hang up')[]): void;
  /** A newer version of the Transit key. */
  rotate(): void;
  /** Everything it keeps, as a dump would show it. */
  dump(): string;
  stop(): Promise<void>;
}

/** An answer of an engine: a status with `data`, or with errors. */
export type EngineAnswer = { status: number; data?: object; errors?: string[] };

export const TEST_MOUNTS = { kv: 'teams/kv', transit: 'transit', transitKey: 'snowflow' };

/**
 * Answers as HashiCorp Vault's documented HTTP API does, for the operations that SnowFlow asks: Transit (encrypt, decrypt, read key) and
 * KV version 2. Strict: what the documentation does not have is refused.
 */
export async function startTestVault(): Promise<TestVault> {
  const token = 'hvs.canary-vault-token';
  const namespace = 'company/data';
  const asked: string[] = [];
  const outcomes: (number | 'silence' | 'hang up')[] = [];
  const transit = transitEngine(TEST_MOUNTS.transitKey);
  const kv = kv2Engine();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', 'http://vault');
    asked.push(`${request.method} ${url.pathname}`);
    const outcome = outcomes.shift();
    if (outcome === 'silence') return;
    if (outcome === 'hang up') return void request.socket.destroy();
    if (outcome !== undefined && outcome >= 300 && outcome < 400) {
      response.setHeader('Location', `http://${request.headers.host}/v1/elsewhere`);
    }
    if (outcome !== undefined) return send(response, { status: outcome, errors: ['as the test wants it'] });
    send(response, await handle(request, url));
  };

  async function handle(request: IncomingMessage, url: URL): Promise<EngineAnswer> {
    const { headers, method = '' } = request;
    if (headers['x-vault-request'] !== 'true') return { status: 412, errors: ['missing X-Vault-Request header'] };
    if (headers['x-vault-namespace'] !== namespace) return { status: 404, errors: ['no handler for route'] };
    if (headers['x-vault-token'] !== token) return { status: 403, errors: ['permission denied'] };
    const body = await readBody(request);
    if (body === 'malformed') return { status: 400, errors: ['failed to parse JSON input'] };
    const path = url.pathname.split('/').map(decodeURIComponent).join('/');
    const within = (mount: string) => (path.startsWith(`/v1/${mount}/`) ? path.slice(mount.length + 5) : undefined);
    const transitPath = within(TEST_MOUNTS.transit);
    if (transitPath !== undefined) return transit.answer(method, transitPath, body);
    const kvPath = within(TEST_MOUNTS.kv);
    if (kvPath !== undefined) return kv.answer(method, kvPath, body);
    return { status: 404, errors: [`no handler for route "${path}". route entry not found.`] };
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    namespace,
    asked,
    fail: (...next) => void outcomes.push(...next),
    rotate: () => transit.rotate(),
    dump: () => kv.dump(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, { status, data, errors }: EngineAnswer): void {
  response.statusCode = status;
  if (status === 204) return void response.end();
  response.setHeader('Content-Type', 'application/json');
  const wrapping = {
    request_id: 'test',
    lease_id: '',
    renewable: false,
    lease_duration: 0,
    wrap_info: null,
    auth: null,
  };
  response.end(JSON.stringify(errors ? { errors, data } : { ...wrapping, warnings: null, data }));
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown> | 'malformed'> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  if (text === '') return {};
  if (request.headers['content-type'] !== 'application/json') return 'malformed';
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return 'malformed';
  }
}
