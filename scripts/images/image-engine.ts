import { existsSync } from 'node:fs';
import { output, show, works } from './run-program';

/** What builds images and tells about them. */
export interface ImageEngine {
  name: 'docker' | 'buildah';
  build(target: string, tag: string, args: Record<string, string>): void;
  has(image: string): boolean;
  sizeBytes(image: string): number;
  /** A file of the image, which has no program that could print it. */
  read(image: string, path: string): string;
}

/** Docker where its engine answers, else buildah, which needs none. */
export function findImageEngine(): ImageEngine {
  if (works('docker', ['version'])) return docker;
  if (works('buildah', ['version'])) return buildah;
  throw new Error('Images are built by docker or by buildah, and neither is here: apt-get install buildah');
}

/** Certificates that this machine trusts beside the usual ones go to `npm ci` as a build secret. */
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

const options = (target: string, tag: string, args: Record<string, string>): string[] => [
  '--file=Dockerfile',
  `--target=${target}`,
  `--tag=${tag}`,
  ...Object.entries(args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
  ...(existsSync(CERTIFICATES) ? ['--secret', `id=ca,src=${CERTIFICATES}`] : []),
];

function succeed(succeeded: boolean, tag: string): void {
  if (!succeeded) throw new Error(`${tag} could not be built; what failed is above.`);
}

const docker: ImageEngine = {
  name: 'docker',
  build: (target, tag, args) =>
    succeed(show('docker', ['build', ...options(target, tag, args), '.'], { DOCKER_BUILDKIT: '1' }), tag),
  has: (image) => works('docker', ['image', 'inspect', image]),
  sizeBytes: (image) => Number(output('docker', ['image', 'inspect', '--format', '{{.Size}}', image])),
  read: (image, path) =>
    output('docker', ['run', '--rm', '--network', 'none', image, 'node', '-p', `fs.readFileSync('${path}','utf8')`]),
};

const buildah: ImageEngine = {
  name: 'buildah',
  build: (target, tag, args) => {
    // By chroot, so that it works where containers may not be nested; Docker's format is the one with HEALTHCHECK.
    const how = ['--layers', '--isolation', 'chroot', '--network', 'host', '--format', 'docker', '--pull=false'];
    succeed(show('buildah', ['build', ...how, ...options(target, tag, args), '.']), tag);
  },
  has: (image) => works('buildah', ['inspect', '--type', 'image', image]),
  sizeBytes: (image) => {
    const [first] = JSON.parse(output('buildah', ['images', '--json', image]));
    return bytesOf(String(first.size));
  },
  read: (image, path) => {
    const container = output('buildah', ['from', '--pull=false', image]);
    try {
      return output('cat', [`${output('buildah', ['mount', container])}${path}`]);
    } finally {
      output('buildah', ['rm', container]);
    }
  },
};

/** buildah says `97.2 MB`. */
function bytesOf(size: string): number {
  const [, number = '0', unit = 'B'] = /^([\d.]+)\s*(\w+)$/.exec(size) ?? [];
  return Number(number) * ({ B: 1, KB: 1e3, MB: 1e6, GB: 1e9 }[unit.toUpperCase()] ?? 1);
}
