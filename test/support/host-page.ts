import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of another site that shows a frame, and writes down what the frame posts. */
export class HostSite {
  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  /** `name`: localhost and 127.0.0.1 are different sites to a browser. */
  static async start(name: 'localhost' | '127.0.0.1'): Promise<HostSite> {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(
        `<!doctype html><title>Host</title><script>window.heard = []; window.origins = [];
         addEventListener('message', ({ data, origin }) => { heard.push(data); origins.push(origin); });</script>`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new HostSite(server, `http://${name}:${(server.address() as AddressInfo).port}`);
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
