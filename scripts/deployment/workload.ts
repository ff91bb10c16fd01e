import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { type Manifest, nameOf, ofKind } from './manifest';

/** What makes pods, as the rules look at it. */
export interface Workload {
  /** As people name it: Deployment gateway. */
  title: string;
  name: string;
  kind: 'Deployment' | 'StatefulSet';
  replicas: number | undefined;
  selector: Record<string, string>;
  labels: Record<string, string>;
  pod: IPodSpec;
  containers: readonly IContainer[];
  /** What a StatefulSet asks for to keep. */
  claims: readonly Pick<IPersistentVolumeClaim, 'metadata' | 'spec'>[];
  /** A program of ours, as the base and the overlays call the container. */
  isProgram: boolean;
}

/** All workloads among the objects. */
export function workloadsOf(objects: readonly Manifest[]): Workload[] {
  const makers = [...ofKind(objects, 'apps/v1/Deployment'), ...ofKind(objects, 'apps/v1/StatefulSet')];
  return makers.map((maker) => {
    const pod: IPodSpec = maker.spec?.template.spec ?? { containers: [] };
    return {
      title: nameOf(maker),
      name: maker.metadata.name,
      kind: maker.kind,
      replicas: maker.spec?.replicas,
      selector: maker.spec?.selector.matchLabels ?? {},
      labels: maker.spec?.template.metadata?.labels ?? {},
      pod,
      containers: pod.containers,
      claims: maker.kind === 'StatefulSet' ? (maker.spec?.volumeClaimTemplates ?? []) : [],
      isProgram: pod.containers.some(({ name }) => name === 'program'),
    };
  });
}

/** The labels that a selector asks for and a pod has; an empty selector means every pod. */
export const hasLabels = (labels: Record<string, string>, wanted: Record<string, string> = {}): boolean =>
  Object.entries(wanted).every(([name, value]) => labels[name] === value);
