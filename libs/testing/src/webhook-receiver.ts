import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A webhook as it arrived. */
export interface ReceivedWebhook {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** The answer comes only after this. */
  after?: Promise<void>;
  /** Instead of the answer. */
  hangsUp?: true;
}

/** Somebody's HTTP server that takes webhooks, on loopback. */
export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = [];
  /** What the next ones are answered, in their order; then 200. */
  readonly answers: Answer[] = [];
  private readonly server = createServer(async (request, response) => {
    this.received.push({ path: request.url ?? '', headers: request.headers, body: await text(request) });
    const { status, headers, after, hangsUp }: Answer = this.answers.shift() ?? { status: 200 };
    await after;
    if (hangsUp) return void request.socket.destroy();
    response.writeHead(status, headers).end('What a receiver answers is nobody’s concern.');
  });

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    receiver.server.listen(0, '127.0.0.1');
    await once(receiver.server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Where webhooks of one kind go, by a name of their own. */
  url(name: string): string {
    return `http://127.0.0.1:${this.port}/${name}`;
  }

  of(name: string): ReceivedWebhook[] {
    return this.received.filter(({ path }) => path === `/${name}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
