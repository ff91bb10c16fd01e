import type { IContainer } from 'kubernetes-models/v1/Container';
import { type Manifest, nameOf, ofKind } from './manifest';
import { type Workload, workloadsOf } from './workload';

/** Volumes that the restricted standard knows, as far as we need any. */
const VOLUMES = ['configMap', 'emptyDir', 'secret', 'persistentVolumeClaim'];

/** Pod Security's level `restricted`, and beyond it: nothing is written to the image, and no pod may speak to the cluster. */
export function podSecurityProblems(objects: readonly Manifest[]): string[] {
  return [
    ...ofKind(objects, 'v1/Namespace')
      .filter(({ metadata }) => metadata.labels?.['pod-security.kubernetes.io/enforce'] !== 'restricted')
      .map((namespace) => `${nameOf(namespace)} does not enforce the level restricted`),
    ...objects
      .filter(({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== 'snowflow')
      .map((object) => `${nameOf(object)} is not in the namespace`),
    ...ofKind(objects, 'v1/ServiceAccount')
      .filter(({ automountServiceAccountToken }) => automountServiceAccountToken !== false)
      .map((account) => `${nameOf(account)} hands out tokens`),
    ...workloadsOf(objects).flatMap((workload) => [
      ...podProblems(objects, workload),
      ...workload.containers.flatMap((container) => containerProblems(workload, container)),
    ]),
  ];
}

function podProblems(objects: readonly Manifest[], { title, pod }: Workload): string[] {
  const { securityContext: security } = pod;
  const accounts = ofKind(objects, 'v1/ServiceAccount').map(({ metadata }) => metadata.name);
  const faults: [boolean, string][] = [
    [security?.runAsNonRoot !== true, 'may run as root'],
    [!security?.runAsUser, 'names no user by number'],
    [security?.seccompProfile?.type !== 'RuntimeDefault', 'has no seccomp profile'],
    [pod.automountServiceAccountToken !== false, 'mounts a token'],
    [pod.enableServiceLinks !== false, 'gets variables made of Services'],
    [!accounts.includes(pod.serviceAccountName ?? ''), 'has no ServiceAccount of its own'],
    [Boolean(pod.hostNetwork ?? pod.hostPID ?? pod.hostIPC), "shares the node's namespaces"],
    [
      (pod.volumes ?? []).some((volume) => !VOLUMES.some((kind) => kind in volume)),
      'mounts a kind of volume it may not',
    ],
  ];
  return faults.filter(([isSo]) => isSo).map(([, fault]) => `${title} ${fault}`);
}

function containerProblems({ title }: Workload, { name, image = '', securityContext: security }: IContainer): string[] {
  const faults: [boolean, string][] = [
    [security?.allowPrivilegeEscalation !== false, 'may gain privileges'],
    [security?.readOnlyRootFilesystem !== true, 'may write to its image'],
    [security?.capabilities?.drop?.includes('ALL') !== true, 'keeps capabilities'],
    [(security?.capabilities?.add ?? []).length > 0, 'adds capabilities'],
    [security?.privileged === true, 'is privileged'],
    [
      !/:[^/:]+$|@sha256:[0-9a-f]{64}$/.test(image) || image.endsWith(':latest'),
      `runs ${image}, which is no fixed version`,
    ],
  ];
  return faults.filter(([isSo]) => isSo).map(([, fault]) => `${title}, container ${name}, ${fault}`);
}
