import { type Manifest, nameOf, ofKind } from './manifest';
import { hasLabels, type Workload, workloadsOf } from './workload';

/** Whatever selects or names something finds it: pods, ports, Services, workloads. */
export function selectorProblems(objects: readonly Manifest[]): string[] {
  const workloads = workloadsOf(objects);
  return [
    ...workloads.filter(({ selector, labels }) => !hasLabels(labels, selector)).map(selectsOthers),
    ...ofKind(objects, 'v1/Service').flatMap((service) => {
      const found = workloads.filter(({ labels }) => hasLabels(labels, service.spec?.selector));
      if (found.length !== 1) return [`${nameOf(service)} selects ${found.length} workloads`];
      const ports = service.spec?.ports ?? [];
      return ports
        .filter(({ port, targetPort = port }) => !found.some((workload) => hasPort(workload, targetPort)))
        .map(
          ({ targetPort, port }) => `${nameOf(service)} leads to port ${targetPort ?? port}, which no container has`,
        );
    }),
    ...ofKind(objects, 'policy/v1/PodDisruptionBudget')
      .filter(({ spec }) => !workloads.some(({ labels }) => hasLabels(labels, spec?.selector?.matchLabels)))
      .map((budget) => `${nameOf(budget)} selects no pod`),
    ...workloads.flatMap(mountProblems),
    ...scalers(objects)
      .filter(({ target }) => !workloads.some(({ name }) => name === target))
      .map(({ title, target }) => `${title} scales ${target}, which is not there`),
    ...doors(objects).flatMap(({ title, service, port }) => doorProblem(objects, title, service, port)),
  ];
}

/** What scales which workload. */
export function scalers(objects: readonly Manifest[]): { title: string; target: string }[] {
  return [
    ...ofKind(objects, 'autoscaling/v2/HorizontalPodAutoscaler').map((scaler) => ({
      title: nameOf(scaler),
      target: scaler.spec?.scaleTargetRef.name ?? '',
    })),
    ...ofKind(objects, 'keda.sh/v1alpha1/ScaledObject').map((scaler) => ({
      title: nameOf(scaler),
      target: scaler.spec?.scaleTargetRef.name ?? '',
    })),
  ];
}

/** A port of a pod, by name or number. */
export const hasPort = ({ containers }: Workload, port: string | number): boolean =>
  containers.some(({ ports = [] }) => ports.some(({ name, containerPort }) => name === port || containerPort === port));

function mountProblems({ title, pod: { volumes = [] }, containers, claims }: Workload): string[] {
  const known = [...volumes.map(({ name }) => name), ...claims.map(({ metadata }) => metadata?.name)];
  const mounts = containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
  return mounts
    .filter(({ name }) => !known.includes(name))
    .map(({ name }) => `${title} mounts ${name}, which is none of its volumes`);
}

const selectsOthers = ({ title }: Workload) => `${title} selects pods that its template does not make`;

/** Where requests from outside go. */
function doors(objects: readonly Manifest[]) {
  const ingresses = ofKind(objects, 'networking.k8s.io/v1/Ingress').flatMap((ingress) =>
    (ingress.spec?.rules ?? []).flatMap(({ http }) =>
      (http?.paths ?? []).map(({ backend: { service } }) => ({
        title: nameOf(ingress),
        service: service?.name ?? '',
        port: service?.port?.name ?? service?.port?.number ?? '',
      })),
    ),
  );
  const routes = ofKind(objects, 'gateway.networking.k8s.io/v1/HTTPRoute').flatMap((route) =>
    (route.spec?.rules ?? []).flatMap(({ backendRefs = [] }) =>
      backendRefs.map(({ name, port }) => ({ title: nameOf(route), service: name, port: port ?? '' })),
    ),
  );
  return [...ingresses, ...routes];
}

function doorProblem(objects: readonly Manifest[], title: string, service: string, port: string | number): string[] {
  const found = ofKind(objects, 'v1/Service').find(({ metadata }) => metadata.name === service);
  const hasIt = found?.spec?.ports?.some((candidate) => candidate.name === port || candidate.port === port);
  return hasIt ? [] : [`${title} leads to port ${port} of the Service ${service}, which is not there`];
}
