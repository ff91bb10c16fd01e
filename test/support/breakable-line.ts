import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A way to a server that can be cut: connections that are open end at once; later ones go through again, unless it is away for a while. */
export class BreakableLine {
  private readonly open = new Set<Socket>();
  private readonly lost = new Set<Socket>();
  private isAway = false;
  private isStalled = false;
  private readonly server = createServer((near) => this.lead(near));

  private constructor(private target: URL) {}

  static async to(serverUrl: string): Promise<BreakableLine> {
    const line = new BreakableLine(new URL(serverUrl));
    line.server.listen(0, '127.0.0.1');
    await once(line.server, 'listening');
    return line;
  }

  /** The server's URL, with this line's address in place of its own. */
  get url(): string {
    const { protocol, username, password, pathname } = this.target;
    const { port } = this.server.address() as AddressInfo;
    const credentials = username || password ? `${username}:${password}@` : '';
    return `${protocol}//${credentials}127.0.0.1:${port}${pathname === '/' ? '' : pathname}`;
  }

  /** For a server whose address is known only once it runs. */
  leadTo(serverUrl: string): void {
    this.target = new URL(serverUrl);
  }

  cut(): void {
    for (const socket of this.open) socket.destroy();
  }

  /** Ends some of the open connections, each if `isHit`; the others go on. */
  cutSome(isHit: () => boolean): void {
    for (const socket of this.open) if (isHit()) socket.destroy();
  }

  /** Ends all connections and takes no new one for a while. */
  async cutFor(ms: number): Promise<void> {
    this.isAway = true;
    this.cut();
    await delay(ms);
    this.isAway = false;
  }

  /** For a while nothing passes and no connection ends, as where packets get lost. */
  async stallFor(ms: number): Promise<void> {
    this.isStalled = true;
    for (const socket of this.open) socket.pause();
    await delay(ms);
    this.isStalled = false;
    for (const socket of this.open) socket.resume();
  }

  /**
   * For a while nothing passes, as where a machine is gone without a word: connections of before never speak again and never end; those
   * that are begun meanwhile get through afterwards.
   */
  async loseFor(ms: number): Promise<void> {
    for (const socket of this.open) {
      socket.unpipe();
      socket.pause();
      this.lost.add(socket);
      this.open.delete(socket);
    }
    await this.stallFor(ms);
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.cut();
    for (const socket of this.lost) socket.destroy();
    await closed;
  }

  private lead(near: Socket): void {
    if (this.isAway) return void near.on('error', () => undefined).resetAndDestroy();
    const far = connect(Number(this.target.port), this.target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.open.delete(one);
        other.destroy();
      });
      one.pipe(other);
      if (this.isStalled) one.pause();
    }
  }
}
