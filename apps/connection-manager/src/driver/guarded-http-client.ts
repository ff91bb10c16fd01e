import { Agent as HttpAgent } from 'node:http';
import { NodeHttpClient } from 'snowflake-sdk/dist/lib/http/node_untyped';
import type { LookupFunction } from 'node:net';
import { Egress } from '../net/egress';
import { isAllowedUrl } from './allowed-url';
import { driverCalls } from './driver-call';
import { noteReply } from './note-reply';

type Callback = (error: unknown, response?: unknown, body?: unknown) => unknown;

/** What the driver's services ask their HTTP client for. */
interface DriverRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  useSnowflakeRetryMiddleware?: boolean;
  callback?: Callback;
}

interface DriverConfig {
  accessUrl: string;
  agentCache: Map<string, { destroy(): void }>;
}

interface DriverHttpClient {
  request(options: DriverRequest): { abort(): void };
  requestAsync(options: DriverRequest): Promise<unknown>;
  getAgent(url: URL, proxy: unknown, mock: unknown): unknown;
}

// The driver's typings leave out what its client inherits.
const BaseHttpClient = NodeHttpClient as unknown as new (config: DriverConfig) => DriverHttpClient;

/** The code that the driver's retry loops take for "never again". */
const cancelled = (message: string) => Object.assign(new Error(message), { code: 'ERR_CANCELED' });

/**
 * Every request of the driver passes here. It goes only to allowed hosts, ends with its call, is sent once (a statement that is sent
 * again may run twice), and its reply is read before the driver acts on it.
 */
export class GuardedHttpClient extends BaseHttpClient {
  /** What this installation may reach. The driver makes its clients itself, so they find it here. */
  static egress = new Egress();

  private readonly origin: string;
  private readonly plainAgent = new HttpAgent({ keepAlive: true });

  constructor(config: DriverConfig) {
    super(config);
    this.origin = new URL(config.accessUrl).origin;
    // The driver destroys these agents with the connection.
    config.agentCache.set('plain', this.plainAgent);
  }

  override request(options: DriverRequest): { abort(): void } {
    const call = driverCalls.getStore();
    const callback: Callback = options.callback ?? (() => undefined);
    if (!this.allows(options)) return failLater(callback, cancelled('The address is not one of the account'));
    if (call?.signal.aborted) return failLater(callback, cancelled('Nobody waits any more'));

    const abort = () => request.abort();
    const request = super.request({
      ...options,
      useSnowflakeRetryMiddleware: false,
      callback: (error, response, body) => {
        call?.signal.removeEventListener('abort', abort);
        noteReply(call, body);
        return callback(error, response, body);
      },
    });
    call?.signal.addEventListener('abort', abort, { once: true });
    return request;
  }

  override async requestAsync(options: DriverRequest): Promise<unknown> {
    if (!this.allows(options)) throw cancelled('The address is not one of the account');
    return super.requestAsync(options);
  }

  /** The local warehouse is never behind a proxy; its sockets are kept. */
  override getAgent(url: URL, proxy: unknown, mock: unknown): unknown {
    if (url.protocol === 'http:') return this.plainAgent;
    const agent = super.getAgent(url, proxy, mock) as { options?: { lookup?: LookupFunction } };
    if (agent.options) agent.options.lookup = GuardedHttpClient.egress.lookupFor(url, new URL(this.origin));
    return agent;
  }

  private allows({ url, headers }: DriverRequest): boolean {
    const carriesToken = Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'authorization');
    return isAllowedUrl(url, this.origin, carriesToken);
  }
}

function failLater(callback: Callback, error: Error): { abort(): void } {
  setImmediate(() => void callback(error, null, null));
  return { abort: () => undefined };
}
