import { VARIANTS } from './kubernetes-folders';
import { type Manifest, parseManifest } from './manifest';
import { manifestProblems } from './manifest-rules';
import { merge } from './strategic-merge';
import { typeProblems } from './type-check';

type Change = Record<string, unknown>;

const production = VARIANTS['overlays/production']?.() ?? [];

/** The one object, with a mistake. */
const changed = (kind: string, name: string, change: Change): Manifest[] =>
  production
    .filter((object) => object.kind === kind && object.metadata.name === name)
    .map((object) => parseManifest(merge(object, change)));

/** The overlay production with a mistake in one object. */
const planted = (kind: string, name: string, change: Change): Manifest[] => [
  ...without(kind, name),
  ...changed(kind, name, change),
];

const without = (kind: string, name: string): Manifest[] =>
  production.filter((object) => object.kind !== kind || object.metadata.name !== name);

const pod = (spec: Change): Change => ({ spec: { template: { spec } } });
const container = (change: Change): Change => pod({ containers: [{ name: 'program', ...change }] });
const outside = (key: string): Change => ({ secretKeyRef: { name: 'snowflow-outside', key, optional: false } });
const gateway = (change: Change) => planted('Deployment', 'gateway', change);

describe('A mistake that is planted in the manifests is caught', () => {
  it('by its type: a field that does not exist, a word that is none of its words, another type, a right, a Secret', () => {
    const mistakes = [
      ...changed('Deployment', 'gateway', container({ imagePullPolice: 'Always' })),
      ...changed('Service', 'gateway', { spec: { type: 'Loadbalancer' } }),
      ...changed('ConfigMap', 'snowflow-worker', { data: { RUN_CONCURRENCY: 16 } }),
      rights(),
      secret(),
    ];
    expect(typeProblems(mistakes)).toEqual([
      expect.stringMatching(/^Deployment gateway: .*imagePullPolice/),
      expect.stringMatching(/^Service gateway: .*Loadbalancer/),
      expect.stringMatching(/^ConfigMap snowflow-worker: .*number/),
      expect.stringContaining('rbac.authorization.k8s.io/v1/ClusterRole'),
      expect.stringContaining('v1/Secret'),
    ]);
  });

  it.each<[string, Manifest[], string]>([
    [
      'selector of a Deployment',
      gateway({ spec: { selector: { matchLabels: { 'app.kubernetes.io/name': 'door' } } } }),
      'Deployment gateway selects pods that its template does not make',
    ],
    [
      'selector of a Service',
      planted('Service', 'gateway', { spec: { selector: { 'app.kubernetes.io/name': 'door' } } }),
      'Service gateway selects 0 workloads',
    ],
    [
      'target port',
      planted('Service', 'gateway', { spec: { ports: [{ name: 'http', port: 80, targetPort: 'web' }] } }),
      'Service gateway leads to port web, which no container has',
    ],
    [
      'way in',
      planted('Ingress', 'snowflow', {
        spec: {
          rules: [
            {
              http: {
                paths: [
                  { path: '/', pathType: 'Prefix', backend: { service: { name: 'door', port: { name: 'http' } } } },
                ],
              },
            },
          ],
        },
      }),
      'Ingress snowflow leads to port http of the Service door, which is not there',
    ],
    [
      'budget',
      planted('PodDisruptionBudget', 'auth', {
        spec: { selector: { matchLabels: { 'app.kubernetes.io/name': 'au' } } },
      }),
      'PodDisruptionBudget auth selects no pod',
    ],
    [
      'scaler',
      planted('HorizontalPodAutoscaler', 'auth', { spec: { scaleTargetRef: { name: 'au' } } }),
      'HorizontalPodAutoscaler auth scales au, which is not there',
    ],
    [
      'unknown variable',
      planted('ConfigMap', 'snowflow-worker', { data: { RUN_CONCURENCY: '4' } }),
      'Deployment worker: RUN_CONCURENCY is no variable of this program',
    ],
    [
      'value that can not be read',
      planted('ConfigMap', 'snowflow-worker', { data: { RUN_CONCURRENCY: 'many' } }),
      'Deployment worker: RUN_CONCURRENCY is not a whole number',
    ],
    [
      'missing variable',
      planted('ConfigMap', 'snowflow-gateway', { data: { CONNECTIONS_ROWS_URLS: null } }),
      'Deployment gateway: CONNECTIONS_ROWS_URLS is required and not given',
    ],
    [
      'secret in a file',
      planted('ConfigMap', 'snowflow-worker', { data: { SMTP_URL: 'smtps://me:secret@host' } }),
      'Deployment worker: SMTP_URL is a secret and stands in a file',
    ],
    [
      'secret that nobody makes',
      gateway(
        container({
          env: [{ name: 'REDIS_URL', valueFrom: { secretKeyRef: { name: 'snowflow-everyone', key: 'REDIS' } } }],
        }),
      ),
      'Deployment gateway takes REDIS_URL from snowflow-everyone/REDIS, which nobody makes',
    ],
    [
      'key that not everybody has',
      planted('Deployment', 'worker', container({ env: [{ name: 'SMTP_URL', valueFrom: outside('SMTP_URL') }] })),
      'Deployment worker takes SMTP_URL from snowflow-outside, which not everybody has',
    ],
    [
      'key that nothing outside asks for',
      planted('Deployment', 'worker', container({ env: [{ name: 'SMTP_URL', valueFrom: outside('SMTP') }] })),
      'Deployment worker takes SMTP_URL from snowflow-outside/SMTP, which nobody makes',
    ],
    [
      'secret without a way in',
      withoutVariable('MODEL_ENDPOINT_KEY'),
      "Deployment worker can't be given the secret MODEL_ENDPOINT_KEY",
    ],
    [
      'missing settings',
      without('ConfigMap', 'snowflow-public'),
      'Deployment auth reads snowflow-public, which is not there',
    ],
    ['root', gateway(pod({ securityContext: { runAsNonRoot: false } })), 'Deployment gateway may run as root'],
    [
      'writable image',
      gateway(container({ securityContext: { readOnlyRootFilesystem: false } })),
      'Deployment gateway, container program, may write to its image',
    ],
    [
      'capability',
      gateway(container({ securityContext: { capabilities: { add: ['NET_ADMIN'] } } })),
      'Deployment gateway, container program, adds capabilities',
    ],
    [
      'privilege',
      gateway(container({ securityContext: { privileged: true } })),
      'Deployment gateway, container program, is privileged',
    ],
    ['token', gateway(pod({ automountServiceAccountToken: true })), 'Deployment gateway mounts a token'],
    [
      'volume of the node',
      gateway(pod({ volumes: [{ name: 'node', hostPath: { path: '/' } }] })),
      'Deployment gateway mounts a kind of volume it may not',
    ],
    [
      'namespace without a level',
      planted('Namespace', 'snowflow', { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } }),
      'Namespace snowflow does not enforce the level restricted',
    ],
    [
      'floating version',
      gateway(container({ image: 'snowflow/gateway:latest' })),
      'Deployment gateway, container program, runs snowflow/gateway:latest, which is no fixed version',
    ],
    [
      'missing probe',
      gateway(container({ readinessProbe: null })),
      'Deployment gateway has no readiness probe of /health/ready',
    ],
    [
      'missing resources',
      gateway(container({ resources: null })),
      'Deployment gateway does not say how much processor and memory it needs',
    ],
    [
      'short grace',
      gateway(pod({ terminationGracePeriodSeconds: 15 })),
      'Deployment gateway has 15000 ms to stop and needs 18000',
    ],
    [
      'long drain',
      planted('ConfigMap', 'snowflow-everyone', { data: { DRAIN_TIMEOUT_MS: '40000' } }),
      'Deployment worker has 30000 ms to stop and needs 43000',
    ],
    ['no scaler', without('HorizontalPodAutoscaler', 'worker'), 'Deployment worker is not scaled'],
    ['no budget', without('PodDisruptionBudget', 'worker'), 'Deployment worker has no disruption budget'],
    ['no default deny', without('NetworkPolicy', 'default-deny'), 'No policy denies what no other allows'],
    [
      'open door',
      planted('NetworkPolicy', 'door', { spec: { ingress: [{ ports: [{ port: 'http' }] }] } }),
      'NetworkPolicy door lets everybody through',
    ],
    [
      'open ports',
      planted('NetworkPolicy', 'rows-in', { spec: { ingress: [{ from: [{ podSelector: {} }] }] } }),
      'NetworkPolicy rows-in lets every port through',
    ],
    [
      'private addresses',
      planted('NetworkPolicy', 'snowflake', {
        spec: { egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 443 }] }] },
      }),
      'NetworkPolicy snowflake means the public internet and lets private addresses through',
    ],
    [
      'no user by number',
      gateway(pod({ securityContext: { runAsUser: null } })),
      'Deployment gateway names no user by number',
    ],
    [
      'no seccomp profile',
      gateway(pod({ securityContext: { seccompProfile: { type: 'Unconfined' } } })),
      'Deployment gateway has no seccomp profile',
    ],
    [
      'way to more privileges',
      gateway(container({ securityContext: { allowPrivilegeEscalation: true } })),
      'Deployment gateway, container program, may gain privileges',
    ],
    [
      'kept capabilities',
      gateway(container({ securityContext: { capabilities: { drop: ['NET_RAW'] } } })),
      'Deployment gateway, container program, keeps capabilities',
    ],
    ['network of the node', gateway(pod({ hostNetwork: true })), "Deployment gateway shares the node's namespaces"],
    [
      'account that hands out tokens',
      planted('ServiceAccount', 'auth', { automountServiceAccountToken: true }),
      'ServiceAccount auth hands out tokens',
    ],
    [
      'account of nobody',
      gateway(pod({ serviceAccountName: 'default' })),
      'Deployment gateway has no ServiceAccount of its own',
    ],
    [
      'variables of Services',
      gateway(pod({ enableServiceLinks: true })),
      'Deployment gateway gets variables made of Services',
    ],
    [
      'other namespace',
      planted('Service', 'gateway', { metadata: { namespace: 'default' } }),
      'Service gateway is not in the namespace',
    ],
    [
      'mount of no volume',
      gateway(container({ volumeMounts: [{ name: 'cache', mountPath: '/cache' }] })),
      'Deployment gateway mounts cache, which is none of its volumes',
    ],
    [
      'probe of another path',
      gateway(container({ livenessProbe: { httpGet: { path: '/health/ready' } } })),
      'Deployment gateway has no liveness probe of /health/live',
    ],
    [
      'missing startup probe',
      gateway(container({ startupProbe: null })),
      'Deployment gateway has no startup probe of /health/live',
    ],
    [
      'probe of no port',
      gateway(container({ readinessProbe: { httpGet: { port: 'helth' } } })),
      'Deployment gateway is probed at port helth, which it does not have',
    ],
    [
      'long preStop',
      gateway(container({ lifecycle: { preStop: { exec: { command: ['sleep', '20'] } } } })),
      'Deployment gateway has 30000 ms to stop and needs 33000',
    ],
    [
      'no preStop behind a Service',
      gateway(container({ lifecycle: null })),
      'Deployment gateway stops before balancers forget it',
    ],
    [
      'replicas beside a scaler',
      gateway({ spec: { replicas: 3 } }),
      'Deployment gateway sets its replicas, which its scaler decides',
    ],
    [
      'two scalers',
      [...production, ...changed('HorizontalPodAutoscaler', 'worker', { metadata: { name: 'worker-again' } })],
      'Deployment worker is scaled by two',
    ],
    [
      'scaler of one',
      planted('HorizontalPodAutoscaler', 'auth', { spec: { maxReplicas: 1 } }),
      'HorizontalPodAutoscaler auth goes from 2 to 1',
    ],
    [
      'budget that lets nothing go',
      planted('PodDisruptionBudget', 'auth', { spec: { maxUnavailable: 0 } }),
      'PodDisruptionBudget auth lets no node be emptied',
    ],
    ['no spread', gateway(pod({ topologySpreadConstraints: null })), 'Deployment gateway is not spread over nodes'],
    [
      'policy for nobody',
      planted('NetworkPolicy', 'rows-in', {
        spec: { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'rows' } } },
      }),
      'NetworkPolicy rows-in selects no pod',
    ],
    [
      'policy for a port that is not there',
      planted('NetworkPolicy', 'door', {
        spec: { ingress: [{ from: [{ podSelector: {} }], ports: [{ protocol: 'TCP', port: 'web' }] }] },
      }),
      'NetworkPolicy door names a port that its pods do not have',
    ],
  ])('by a rule: %s', (_what, objects, sentence) => {
    expect(manifestProblems(objects)).toContain(sentence);
  });
});

/** The overlay production where no container has the variable. */
function withoutVariable(variable: string): Manifest[] {
  const text = JSON.stringify(production, (_key, value: unknown) =>
    Array.isArray(value)
      ? value.filter((item: { name?: string } | string) => typeof item === 'string' || item.name !== variable)
      : value,
  );
  return (JSON.parse(text) as unknown[]).map(parseManifest);
}

function rights(): Manifest {
  const rules = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'all' }, rules };
}

function secret(): Manifest {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys' }, stringData: { KEY: 'value' } };
}
