import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

const LOOK_EVERY_MS = 500;

interface Target {
  url: URL;
  healthUrl: string;
  isReady: boolean;
  /** Its end was announced: no new connection goes there until it is ready again after that. */
  isEnding: boolean;
}

/**
 * What a Service of Kubernetes is to those outside: new connections go round to the targets that are ready, and what is open stays with its
 * target until one side closes it. It looks into nothing and repeats nothing.
 */
export class Balancer {
  private turn = 0;
  private readonly targets: readonly Target[];
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((near) => this.lead(near));
  private readonly looking: NodeJS.Timeout;

  private constructor(urls: readonly string[], healthUrls: readonly string[]) {
    this.targets = urls.map((url, index) => ({
      url: new URL(url),
      healthUrl: healthUrls[index] ?? '',
      isReady: true,
      isEnding: false,
    }));
    this.looking = setInterval(() => void this.look(), LOOK_EVERY_MS);
  }

  static async before(urls: readonly string[], healthUrls: readonly string[]): Promise<Balancer> {
    const balancer = new Balancer(urls, healthUrls);
    balancer.server.listen(0, '127.0.0.1');
    await once(balancer.server, 'listening');
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** As a pod that is to end leaves the endpoints before it hears of it. */
  takeOut(index: number): void {
    const target = this.targets[index];
    if (target) target.isEnding = true;
  }

  /** It was started anew: connections come again once it is ready. */
  putBack(index: number): void {
    const target = this.targets[index];
    if (target) Object.assign(target, { isEnding: false, isReady: false });
  }

  async stop(): Promise<void> {
    clearInterval(this.looking);
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private async look(): Promise<void> {
    for (const target of this.targets) {
      const asked = fetch(`${target.healthUrl}/health/ready`, { signal: AbortSignal.timeout(2_000) });
      target.isReady = await asked.then(
        async (reply) => {
          await reply.body?.cancel();
          return reply.ok;
        },
        () => false,
      );
    }
  }

  private lead(near: Socket): void {
    const open = this.targets.filter(({ isReady, isEnding }) => isReady && !isEnding);
    const target = open[this.turn++ % open.length];
    if (!target) return void near.on('error', () => undefined).resetAndDestroy();
    const far = connect(Number(target.url.port), '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(one);
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }
}
