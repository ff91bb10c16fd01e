import type { IPod } from 'kubernetes-models/v1/Pod';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { type Manifest, ofKind, parseManifest } from '../deployment/manifest';
import { type Workload, workloadsOf } from '../deployment/workload';

/** Where this machine reaches the gateway. */
export interface Door {
  workload: string;
  hostPort: number;
}

/**
 * What `podman kube play` understands of an overlay: of each workload one pod, called as its Service, for on podman's networks a pod's
 * name is what others ask for; settings; and the folders that last. Podman 4.3 reads a Secret for variables otherwise than one for
 * files, so the latter have a name of their own: `filesOf`.
 */
export function podManifests(
  objects: readonly Manifest[],
  secrets: Record<string, SecretData>,
  door: Door,
): Manifest[] {
  const settings = ofKind(objects, 'v1/ConfigMap').map(({ apiVersion, kind, metadata, data }) =>
    parseManifest({ apiVersion, kind, metadata: { name: metadata.name }, data }),
  );
  const workloads = workloadsOf(objects);
  const files = [...new Set(workloads.flatMap(({ pod }) => secretVolumes(pod)))].map((name) =>
    parseManifest({ apiVersion: 'v1', kind: 'Secret', metadata: { name: filesOf(name) }, data: secrets[name] ?? {} }),
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

/** By key, in base64. */
export type SecretData = Record<string, string>;

export const filesOf = (secret: string): string => `${secret}-files`;
const claimOf = (workload: string, claim = ''): string => `${claim}-${workload}`;

const secretVolumes = ({ volumes = [] }: IPodSpec): string[] =>
  volumes.flatMap(({ secret }) => secret?.secretName ?? []);

function podOf({ name, labels, pod, claims }: Workload, { workload, hostPort }: Door): Manifest {
  const { securityContext, terminationGracePeriodSeconds, containers, volumes = [] } = pod;
  const spec: IPodSpec = {
    securityContext,
    terminationGracePeriodSeconds,
    restartPolicy: 'Always',
    containers: containers.map(({ ports = [], ...container }) => ({
      ...container,
      // Podman would open every port of a pod on the machine.
      ports:
        name === workload ? ports.filter((port) => port.name === 'http').map((port) => ({ ...port, hostPort })) : [],
    })),
    volumes: [
      ...volumes.map(({ secret, ...volume }) =>
        secret
          ? { ...volume, secret: { ...secret, secretName: filesOf(secret.secretName ?? ''), optional: false } }
          : volume,
      ),
      ...claims.map(({ metadata }) => ({
        name: metadata?.name ?? '',
        persistentVolumeClaim: { claimName: claimOf(name, metadata?.name) },
      })),
    ],
  };
  const made: IPod = { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec };
  return parseManifest(made);
}
