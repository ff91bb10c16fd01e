import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const IDLE_MS = 90_000;
const POLICY =
  "default-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:; object-src 'none'; connect-src 'self'; frame-ancestors 'self';";
const SET = {
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-embedder-policy': 'credentialless',
  'x-content-type-options': 'nosniff',
};
const REMOVED = /^(?:server|x-powered-by|x-xss-protection|public-key-pins|access-control-.*)$/;

/** Whom the ingress has signed in to Snowflake. */
export interface IngressUser {
  name: string;
  token: string;
}

/**
 * Stands before a gateway as the ingress of Snowpark Container Services does, by Snowflake's page on service networking: it says who is
 * calling and lets nobody else say so, takes Snowflake's own tokens away, adds its headers and policy, and cuts what is silent for 90 s.
 */
export class Ingress {
  private readonly server = createServer((incoming, outgoing) => this.lead(incoming, outgoing));

  private constructor(
    private readonly gatewayUrl: string,
    private readonly user: IngressUser,
  ) {}

  static async before(gatewayUrl: string, user: IngressUser): Promise<Ingress> {
    const ingress = new Ingress(gatewayUrl, user);
    ingress.server.listen(0, '127.0.0.1');
    await once(ingress.server, 'listening');
    return ingress;
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private lead(incoming: IncomingMessage, outgoing: ServerResponse): void {
    if (incoming.method === 'TRACE') return void outgoing.writeHead(405).end();
    const { hostname, port } = new URL(this.gatewayUrl);
    const headers = this.asForwarded(incoming.headers);
    const far = request({ hostname, port, method: incoming.method, path: incoming.url, headers, agent: false });
    far.setTimeout(IDLE_MS, () => far.destroy());
    far.on('error', () => outgoing.destroy());
    far.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, asAnswered(answer.headers));
      answer.pipe(outgoing);
    });
    outgoing.on('close', () => far.destroy());
    incoming.pipe(far);
  }

  private asForwarded(headers: IncomingHttpHeaders): IncomingHttpHeaders {
    const kept = Object.entries(headers).filter(
      ([name, value]) =>
        !name.startsWith('sf-context-') && !(name === 'authorization' && String(value).startsWith('Snowflake Token=')),
    );
    return {
      ...Object.fromEntries(kept),
      'sf-context-current-user': this.user.name,
      'sf-context-current-user-token': this.user.token,
    };
  }
}

/** Its policy stands beside the page's own: browsers hold to both. */
function asAnswered(headers: IncomingHttpHeaders): Record<string, string | string[] | undefined> {
  const kept = Object.entries(headers).filter(([name]) => !REMOVED.test(name));
  const own = headers['content-security-policy'];
  return {
    ...Object.fromEntries(kept),
    ...SET,
    'content-security-policy': [own, POLICY].flat().filter((policy) => policy !== undefined),
  };
}
