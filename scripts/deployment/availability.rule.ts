import type { IContainer } from 'kubernetes-models/v1/Container';
import { type Manifest, nameOf, ofKind } from './manifest';
import { scalers } from './selectors.rule';
import { hasLabels, type Workload, workloadsOf } from './workload';

/** Between the end of the drain and that of the process: last answers go out, the health port closes, spans that are left are sent. */
const CLOSING_MS = 3_000;

/** A program says how it is, has room for its work, stops in its time, and is neither scaled twice nor taken away at once. */
export function availabilityProblems(objects: readonly Manifest[]): string[] {
  const drainMs = Number(dataOf(objects, 'DRAIN_TIMEOUT_MS') ?? 10_000);
  const faulty = workloadsOf(objects).flatMap((workload) => {
    const { title, containers, isProgram } = workload;
    const faults = [
      ...portFaults(workload),
      ...containers.flatMap((container) => [...probeFaults(container, isProgram), ...roomFaults(container)]),
      ...(isProgram ? stopFaults(objects, workload, drainMs) : []),
      ...(isProgram ? replicaFaults(objects, workload) : []),
    ];
    return faults.map((fault) => `${title} ${fault}`);
  });
  return [...faulty, ...rangeProblems(objects)];
}

/** Scalers with no room to scale, and budgets that let nothing go. */
function rangeProblems(objects: readonly Manifest[]): string[] {
  const scalers = ofKind(objects, 'autoscaling/v2/HorizontalPodAutoscaler')
    .filter(({ spec }) => (spec?.minReplicas ?? 1) >= (spec?.maxReplicas ?? 1))
    .map(
      (scaler) => `${nameOf(scaler)} goes from ${scaler.spec?.minReplicas ?? 1} to ${scaler.spec?.maxReplicas ?? 1}`,
    );
  const budgets = ofKind(objects, 'policy/v1/PodDisruptionBudget')
    .filter(({ spec }) => !spec?.maxUnavailable)
    .map((budget) => `${nameOf(budget)} lets no node be emptied`);
  return [...scalers, ...budgets];
}

function portFaults({ containers }: Workload): string[] {
  return containers.flatMap(({ ports = [], startupProbe, livenessProbe, readinessProbe }) =>
    [startupProbe, livenessProbe, readinessProbe]
      .flatMap((probe) => probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? [])
      .filter((asked) => !ports.some(({ name, containerPort }) => name === asked || containerPort === asked))
      .map((asked) => `is probed at port ${asked}, which it does not have`),
  );
}

const dataOf = (objects: readonly Manifest[], name: string): string | undefined =>
  ofKind(objects, 'v1/ConfigMap').find(({ data }) => data && name in data)?.data?.[name];

function probeFaults({ startupProbe, livenessProbe, readinessProbe }: IContainer, isProgram: boolean): string[] {
  if (!isProgram) return livenessProbe && readinessProbe ? [] : ['lacks a probe'];
  const faults: [boolean, string][] = [
    [startupProbe?.httpGet?.path !== '/health/live', 'has no startup probe of /health/live'],
    [livenessProbe?.httpGet?.path !== '/health/live', 'has no liveness probe of /health/live'],
    [readinessProbe?.httpGet?.path !== '/health/ready', 'has no readiness probe of /health/ready'],
  ];
  return faults.filter(([isSo]) => isSo).map(([, fault]) => fault);
}

function roomFaults({ resources }: IContainer): string[] {
  const has = resources?.requests?.['cpu'] && resources.requests['memory'] && resources.limits?.['memory'];
  return has ? [] : ['does not say how much processor and memory it needs'];
}

function stopFaults(objects: readonly Manifest[], { pod, containers, labels }: Workload, drainMs: number): string[] {
  const waits = containers.map(({ lifecycle }) => Number(lifecycle?.preStop?.exec?.command?.[1] ?? 0) * 1000);
  const needed = Math.max(0, ...waits) + drainMs + CLOSING_MS;
  const graceMs = (pod.terminationGracePeriodSeconds ?? 30) * 1000;
  const isBalanced = ofKind(objects, 'v1/Service').some(({ spec }) => hasLabels(labels, spec?.selector));
  return [
    ...(graceMs < needed ? [`has ${graceMs} ms to stop and needs ${needed}`] : []),
    ...(isBalanced && Math.max(0, ...waits) === 0 ? ['stops before balancers forget it'] : []),
  ];
}

function replicaFaults(objects: readonly Manifest[], { name, labels, replicas, pod }: Workload): string[] {
  const scaling = scalers(objects).filter(({ target }) => target === name);
  if (scaling.length > 1) return ['is scaled by two'];
  if (scaling.length === 0) return replicas === 1 ? [] : ['is not scaled'];
  const guarded = ofKind(objects, 'policy/v1/PodDisruptionBudget').some(({ spec }) =>
    hasLabels(labels, spec?.selector?.matchLabels),
  );
  const faults: [boolean, string][] = [
    [replicas !== undefined, 'sets its replicas, which its scaler decides'],
    [!guarded, 'has no disruption budget'],
    [(pod.topologySpreadConstraints ?? []).length === 0, 'is not spread over nodes'],
  ];
  return faults.filter(([isSo]) => isSo).map(([, fault]) => fault);
}
