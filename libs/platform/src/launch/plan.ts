import { freePort, freePorts } from '../process/free-port';
import { App, SERVICES } from './apps';

/** One process to start. */
export interface PlannedProcess {
  name: string;
  apps: App[];
  env: Record<string, string>;
  /** By app. */
  healthUrls: Record<string, string>;
}

export interface PlanOptions {
  /** Processes of every service; without it all services share one. */
  replicas?: number;
  /** With `replicas`: services of which there are so many instead. */
  replicasOf?: Readonly<Record<string, number>>;
  /** Without `replicas`: processes that hold all services each. One where it is left out. */
  copies?: number;
  /** Services that each have a process of their own beside every such copy. */
  apart?: readonly string[];
  /** Where the first gateway listens. */
  gatewayPort: number;
}

export interface Plan {
  processes: PlannedProcess[];
  gatewayUrls: string[];
  /** What every process needs to know about the others. */
  env: Record<string, string>;
}

/** Who runs where: every process gets ports of its own. */
export async function plan({
  replicas,
  replicasOf = {},
  copies = 1,
  apart = [],
  gatewayPort,
}: PlanOptions): Promise<Plan> {
  const groups: { name: string; apps: App[] }[] = replicas
    ? SERVICES.flatMap((app) =>
        Array.from({ length: replicasOf[app.name] ?? replicas }, (_, index) => ({
          name: `${app.name}-${index}`,
          apps: [app],
        })),
      )
    : Array.from({ length: copies }).flatMap((_, index) => {
        const named = (name: string) => (index === 0 ? name : `${name}-${index}`);
        return [
          { name: named('services'), apps: SERVICES.filter(({ name }) => !apart.includes(name)) },
          ...SERVICES.filter(({ name }) => apart.includes(name)).map((app) => ({ name: named(app.name), apps: [app] })),
        ];
      });
  const processes: PlannedProcess[] = [];
  const gatewayPorts: number[] = [];
  const rowsPorts: number[] = [];
  for (const { name, apps } of groups) {
    const processPlan = await planProcess(name, apps);
    if (apps.some((app) => app.name === 'gateway')) {
      const port = gatewayPorts.length === 0 ? gatewayPort : await freePort();
      gatewayPorts.push(port);
      processPlan.env['PORT'] = String(port);
    }
    if (apps.some((app) => app.name === 'connection-manager')) {
      const port = await freePort();
      rowsPorts.push(port);
      processPlan.env['CONNECTIONS_ROWS_PORT'] = String(port);
    }
    processes.push(processPlan);
  }
  return {
    processes,
    gatewayUrls: gatewayPorts.map((port) => `http://localhost:${port}`),
    env: { CONNECTIONS_ROWS_URLS: rowsPorts.map((port) => `http://127.0.0.1:${port}`).join(',') },
  };
}

/** A process with a health port for each of its apps. */
export async function planProcess(name: string, apps: App[]): Promise<PlannedProcess> {
  const ports = await freePorts(apps.length);
  const pairs = apps.map((app, index) => ({ app, port: ports[index] as number }));
  return {
    name,
    apps,
    env: Object.fromEntries(pairs.map(({ app, port }) => [app.healthPort, String(port)])),
    healthUrls: Object.fromEntries(pairs.map(({ app, port }) => [app.name, `http://127.0.0.1:${port}`])),
  };
}
