import { podmanVariables } from './podman-settings';
import { output, show, works } from './run-program';

const HEALTH =
  'fetch(`http://127.0.0.1:${process.env.HEALTH_PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))';

/** What runs containers. */
export class ContainerEngine {
  private constructor(
    readonly name: 'docker' | 'podman',
    private readonly composeCommand: readonly [string, ...string[]],
    private readonly variables: Record<string, string>,
  ) {}

  /** Docker where its engine answers, else podman, with podman-compose. */
  static find(): ContainerEngine {
    if (works('docker', ['version'])) return new ContainerEngine('docker', ['docker', 'compose'], {});
    if (works('podman', ['version'])) return ContainerEngine.podman();
    throw new Error(
      'Containers are run by docker or by podman, and neither is here: apt-get install podman podman-compose',
    );
  }

  /** Podman, which understands a part of Kubernetes' manifests. */
  static podman(): ContainerEngine {
    return new ContainerEngine('podman', ['podman-compose'], podmanVariables());
  }

  /** What one of its commands prints. */
  ask(...args: string[]): string {
    return output(this.name, args, this.variables);
  }

  /** A command that may fail, as those do that take away what may not be there. */
  tryTo(...args: string[]): void {
    try {
      this.ask(...args);
    } catch {
      // Nothing was there.
    }
  }

  compose(args: readonly string[], variables: Record<string, string>): boolean {
    const [program, ...first] = this.composeCommand;
    return show(program, [...first, ...args], { ...this.variables, ...variables });
  }

  /** The value that a script for Node prints in the container, which has no shell. */
  evaluate(container: string, script: string): string {
    return this.ask('exec', container, 'node', '-p', script);
  }

  /** The running containers with all of these labels. */
  named(...labels: string[]): string[] {
    const filters = labels.flatMap((label) => ['--filter', `label=${label}`]);
    return this.ask('ps', ...filters, '--format', '{{.Names}}')
      .split('\n')
      .filter(Boolean);
  }

  /** Its first address, which this machine reaches even where the network has no way out. */
  addressOf(container: string): string {
    const found = this.ask(
      'inspect',
      '--format',
      '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}',
      container,
    );
    return found.split(' ')[0] ?? '';
  }

  /** The question of the image's HEALTHCHECK, which podman asks by itself only under systemd; throws while the answer is no. */
  healthCheck(container: string): void {
    this.ask('exec', container, 'node', '-e', HEALTH);
  }
}
