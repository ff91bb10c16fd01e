import { type Manifest, nameOf, ofKind } from './manifest';
import { selects } from './network-paths';
import { hasPort } from './selectors.rule';
import { workloadsOf } from './workload';

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'];

/** Nothing is let through unless a policy says so, and each policy says whom, by which port, and means pods that exist. */
export function networkProblems(objects: readonly Manifest[]): string[] {
  const policies = ofKind(objects, 'networking.k8s.io/v1/NetworkPolicy');
  const deniesAll = policies.some(
    ({ spec }) =>
      Object.keys(spec?.podSelector ?? { none: true }).length === 0 &&
      !spec?.ingress?.length &&
      !spec?.egress?.length &&
      ['Ingress', 'Egress'].every((type) => spec?.policyTypes?.some((own) => own === type)),
  );
  return [
    ...(deniesAll ? [] : ['No policy denies what no other allows']),
    ...policies.flatMap((policy) => faults(objects, policy)),
  ];
}

type Policy = ReturnType<typeof ofKind<'networking.k8s.io/v1/NetworkPolicy'>>[number];

function faults(objects: readonly Manifest[], policy: Policy): string[] {
  const workloads = workloadsOf(objects);
  const own = workloads.filter(({ labels }) => selects(policy.spec?.podSelector ?? {}, labels));
  const rules = [
    ...(policy.spec?.ingress ?? []).map(({ from, ports }) => ({ peers: from ?? [], ports: ports ?? [], isOut: false })),
    ...(policy.spec?.egress ?? []).map(({ to, ports }) => ({ peers: to ?? [], ports: ports ?? [], isOut: true })),
  ];
  const found: [boolean, string][] = [
    [own.length === 0, 'selects no pod'],
    [rules.some(({ peers }) => peers.length === 0), 'lets everybody through'],
    [rules.some(({ ports }) => ports.length === 0), 'lets every port through'],
    [
      rules.some(({ peers }) =>
        peers.some(
          ({ ipBlock }) => ipBlock?.cidr === '0.0.0.0/0' && !PRIVATE.every((range) => ipBlock.except?.includes(range)),
        ),
      ),
      'means the public internet and lets private addresses through',
    ],
    [
      rules.some(
        ({ ports, isOut }) =>
          !isOut && ports.some(({ port }) => !own.every((workload) => hasPort(workload, port ?? ''))),
      ),
      'names a port that its pods do not have',
    ],
  ];
  return found.filter(([isSo]) => isSo).map(([, fault]) => `${nameOf(policy)} ${fault}`);
}
