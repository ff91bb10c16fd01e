import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** /health/live and /health/ready. */
export class HealthServer {
  ready = false;
  private readonly server: Server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    const known = path === '/health/live' || path === '/health/ready';
    const status = !known ? 404 : path === '/health/live' || this.ready ? 200 : 503;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: status === 200 ? 'ok' : 'error' }));
  });

  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }
}
