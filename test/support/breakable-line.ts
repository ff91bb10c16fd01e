import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can be cut: connections that are open end at once, later ones go through again. */
export class BreakableLine {
  private constructor(
    readonly url: string,
    private readonly open: Set<Socket>,
    private readonly close: () => Promise<void>,
  ) {}

  static async to(serverUrl: string): Promise<BreakableLine> {
    const { hostname, port } = new URL(serverUrl);
    const open = new Set<Socket>();
    const server = createServer((near) => {
      const far = connect(Number(port), hostname);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        open.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          open.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port: own } = server.address() as AddressInfo;
    return new BreakableLine(
      `http://127.0.0.1:${own}`,
      open,
      () => new Promise((resolve) => server.close(() => resolve())),
    );
  }

  cut(): void {
    for (const socket of this.open) socket.destroy();
  }

  async stop(): Promise<void> {
    const closed = this.close();
    this.cut();
    await closed;
  }
}
