import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { type Manifest, ofKind } from './manifest';
import { hasLabels, type Workload, workloadsOf } from './workload';

type LabelSelector = NonNullable<NonNullable<INetworkPolicy['spec']>['podSelector']>;

interface Peer {
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  ipBlock?: { cidr: string };
}

/** What the policies let the workloads say to each other: `gateway -> redis:6379`. Both ends have to agree. */
export function pathsOf(objects: readonly Manifest[]): string[] {
  const workloads = workloadsOf(objects);
  const paths = workloads.flatMap((from) =>
    workloads.flatMap((to) =>
      portsOf(to)
        .filter(({ names }) => lets(objects, from, to, names, 'egress') && lets(objects, to, from, names, 'ingress'))
        .map(({ port }) => `${from.name} -> ${to.name}:${port}`),
    ),
  );
  return paths.sort();
}

/** Addresses outside the cluster that a workload may reach: `worker -> 0.0.0.0/0:443`. */
export function waysOut(objects: readonly Manifest[]): string[] {
  return workloadsOf(objects)
    .flatMap((from) =>
      policiesOf(objects, from).flatMap(({ spec }) =>
        (spec?.egress ?? []).flatMap(({ to = [], ports = [] }) =>
          to.flatMap(({ ipBlock }) =>
            ipBlock ? ports.map(({ port }) => `${from.name} -> ${ipBlock.cidr}:${port ?? 'any'}`) : [],
          ),
        ),
      ),
    )
    .sort();
}

/** Whether the selector means pods with these labels; expressions know `In` only, and others mean nobody. */
export function selects(
  { matchLabels, matchExpressions = [] }: LabelSelector,
  labels: Record<string, string>,
): boolean {
  const fits = matchExpressions.every(
    ({ key, operator, values = [] }) => operator === 'In' && values.includes(labels[key] ?? ''),
  );
  return fits && hasLabels(labels, matchLabels);
}

const portsOf = ({ containers }: Workload) =>
  containers.flatMap(({ ports = [] }) =>
    ports.map(({ name, containerPort }) => ({ port: containerPort, names: [name, containerPort] })),
  );

const policiesOf = (objects: readonly Manifest[], { labels }: Workload) =>
  ofKind(objects, 'networking.k8s.io/v1/NetworkPolicy').filter(({ spec }) => selects(spec?.podSelector ?? {}, labels));

function lets(
  objects: readonly Manifest[],
  own: Workload,
  other: Workload,
  names: (string | number | undefined)[],
  way: 'ingress' | 'egress',
): boolean {
  const policies = policiesOf(objects, own).filter(({ spec }) =>
    spec?.policyTypes?.includes(way === 'ingress' ? 'Ingress' : 'Egress'),
  );
  // Whom no policy selects, everybody reaches.
  if (policies.length === 0) return true;
  return policies.some(({ spec }) => {
    const rules: { peers?: Peer[]; ports?: { port?: string | number }[] }[] =
      way === 'ingress'
        ? (spec?.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
        : (spec?.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
    return rules.some(
      ({ peers, ports }) =>
        (peers?.some((peer) => isMeant(peer, other)) ?? true) &&
        (ports?.some(({ port }) => names.includes(port)) ?? true),
    );
  });
}

const isMeant = ({ podSelector, namespaceSelector }: Peer, { labels }: Workload): boolean =>
  namespaceSelector === undefined && podSelector !== undefined && selects(podSelector, labels);
