import { type Manifest, nameOf, ofKind } from './manifest';
import { settingOf } from './setting-of';

const LIMIT = 'nginx.ingress.kubernetes.io/proxy-body-size';
const UNITS: Record<string, number> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
/** The controller's own, where nothing is said. */
const STOCK = '1m';

/** The ingress lets through what the gateway takes, and a bit more: what is too large is refused by the gateway, in words. */
export function bodySizeProblems(objects: readonly Manifest[]): string[] {
  const limits = ['BODY_LIMIT_BYTES', 'IMPORT_LIMIT_BYTES'].map((name) => Number(settingOf(objects, 'gateway', name)));
  const taken = Math.max(...limits);
  return ofKind(objects, 'networking.k8s.io/v1/Ingress').flatMap((ingress) => {
    const limit = ingress.metadata.annotations?.[LIMIT] ?? STOCK;
    return bytesOf(limit) > taken
      ? []
      : [`${nameOf(ingress)} lets ${limit} through, and the gateway takes ${taken} bytes`];
  });
}

function bytesOf(size: string): number {
  const [, count = '', unit = ''] = /^(\d+)([kmg]?)$/.exec(size.toLowerCase()) ?? [];
  const bytes = Number(count || Number.NaN) * (UNITS[unit] ?? Number.NaN);
  // To the controller 0 is no limit.
  return bytes === 0 ? Infinity : bytes;
}
