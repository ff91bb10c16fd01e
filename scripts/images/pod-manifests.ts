import type { IPod } from 'kubernetes-models/v1/Pod';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { z } from 'zod';
import { type Manifest, ofKind, parseManifest } from '../deployment/manifest';
import { type Workload, workloadsOf } from '../deployment/workload';

/** Where this machine reaches the gateway. */
export interface Door {
  workload: string;
  hostPort: number;
}

/**
 * What `podman kube play` understands of an overlay: of each workload one pod, called as its Service, for on podman's networks a pod's
 * name is what others ask for; settings; and the folders that last. Podman 4.3 would write a Secret's files in base64, so here a
 * ConfigMap brings them.
 */
export function podManifests(
  objects: readonly Manifest[],
  secrets: Record<string, Record<string, string>>,
  door: Door,
): Manifest[] {
  const settings = ofKind(objects, 'v1/ConfigMap').map(({ apiVersion, kind, metadata, data }) =>
    parseManifest({ apiVersion, kind, metadata: { name: metadata.name }, data }),
  );
  const workloads = workloadsOf(objects);
  const files = [...new Set(workloads.flatMap(({ pod }) => secretVolumes(pod)))].map((name) =>
    parseManifest({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: filesOf(name) },
      data: secrets[name] ?? {},
    }),
  );
  const claims = workloads.flatMap(({ name, claims: own }) =>
    own.map(({ metadata, spec }) =>
      parseManifest({
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: claimOf(name, metadata?.name) },
        spec,
      }),
    ),
  );
  return [...settings, ...files, ...claims, ...workloads.map((workload) => podOf(workload, door))];
}

/** The volumes that podman makes of empty folders, and keeps. */
export const emptyFolders = (pods: readonly Manifest[]): string[] =>
  pods
    .flatMap(({ spec }) => podSpec.safeParse(spec).data?.volumes ?? [])
    .flatMap((volume) => (volume.emptyDir ? volume.name : []));

const podSpec = z.object({ volumes: z.array(z.object({ name: z.string(), emptyDir: z.object({}).optional() })) });

const filesOf = (secret: string): string => `${secret}-files`;
const claimOf = (workload: string, claim = ''): string => `${claim}-${workload}`;
/** An empty folder of one name would be one folder for all pods. */
const volumeOf = (workload: string, volume = ''): string => `${workload}-${volume}`;

const secretVolumes = ({ volumes = [] }: IPodSpec): string[] =>
  volumes.flatMap(({ secret }) => secret?.secretName ?? []);

function podOf({ name, labels, pod, claims }: Workload, { workload, hostPort }: Door): Manifest {
  const { securityContext, terminationGracePeriodSeconds, containers, volumes = [] } = pod;
  const spec: IPodSpec = {
    securityContext,
    terminationGracePeriodSeconds,
    restartPolicy: 'Always',
    containers: containers.map(({ ports = [], volumeMounts = [], ...container }) => ({
      ...container,
      volumeMounts: volumeMounts.map((mount) => ({ ...mount, name: volumeOf(name, mount.name) })),
      // Podman would open every port of a pod on the machine.
      ports:
        name === workload ? ports.filter((port) => port.name === 'http').map((port) => ({ ...port, hostPort })) : [],
    })),
    volumes: [
      ...volumes.map(({ name: own, secret, ...volume }) =>
        secret
          ? { name: volumeOf(name, own), configMap: { name: filesOf(secret.secretName ?? ''), items: secret.items } }
          : { name: volumeOf(name, own), ...volume },
      ),
      ...claims.map(({ metadata }) => ({
        name: volumeOf(name, metadata?.name),
        persistentVolumeClaim: { claimName: claimOf(name, metadata?.name) },
      })),
    ],
  };
  const made: IPod = { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec };
  return parseManifest(made);
}
