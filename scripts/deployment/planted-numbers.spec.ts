import { VARIANTS } from './kubernetes-folders';
import { type Manifest, parseManifest } from './manifest';
import { manifestProblems } from './manifest-rules';
import { merge } from './strategic-merge';

type Change = Record<string, unknown>;

/** A variant with a mistake in one of its objects. */
function planted(variant: string, kind: string, name: string, change: Change): Manifest[] {
  const objects = VARIANTS[variant]?.() ?? [];
  const isMeant = (object: Manifest) => object.kind === kind && object.metadata.name === name;
  expect(objects.filter(isMeant)).toHaveLength(1);
  return objects.map((object) => (isMeant(object) ? parseManifest(merge(object, change)) : object));
}

const KEDA = 'gateway-api, keda and notifications';
const COUNT = 'SELECT count(*) FROM workflow.run_queue WHERE leased_by IS NOT NULL OR leased_until < now()';
const queue = (metadata: Change): Change => ({ spec: { triggers: [{ type: 'postgresql', metadata }] } });
const stream = (metadata: Change): Change => ({ spec: { triggers: [{ type: 'redis-streams', metadata }] } });
const postgres = (args: string[]): Change => ({
  spec: { template: { spec: { containers: [{ name: 'postgres', args }] } } },
});
const bodySize = (size: string | null): Change => ({
  metadata: { annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': size } },
});

describe('A number or a name that stands in two places is caught where one of them is another', () => {
  it.each<[string, Manifest[], string]>([
    [
      'count of runs without those that are under way',
      planted(
        KEDA,
        'ScaledObject',
        'worker',
        queue({ query: 'SELECT count(*) FROM workflow.run_queue WHERE leased_until < now()', targetQueryValue: '16' }),
      ),
      `ScaledObject worker does not count runs as the queue does: ${COUNT}`,
    ],
    [
      'worker that executes more runs than KEDA thinks',
      planted(KEDA, 'ConfigMap', 'snowflow-worker', { data: { RUN_CONCURRENCY: '64' } }),
      'ScaledObject worker takes 16 runs for a process that executes 64',
    ],
    [
      'stream that nobody writes',
      planted(KEDA, 'ScaledObject', 'workflow', stream({ stream: 'requests:workflow', streamLength: '32' })),
      'ScaledObject workflow reads requests:workflow, and requests are in rpc:requests:workflow',
    ],
    [
      'lag of a group',
      planted(
        KEDA,
        'ScaledObject',
        'workflow',
        stream({ stream: 'rpc:requests:workflow', consumerGroup: 'service', lagCount: '32' }),
      ),
      'ScaledObject workflow does not go by the length of the stream',
    ],
    [
      'stock PostgreSQL',
      planted('overlays/dev', 'StatefulSet', 'postgres', postgres(['postgres'])),
      'StatefulSet postgres takes 100 connections, and programs may ask for 400',
    ],
    [
      'larger pool',
      planted('overlays/dev', 'ConfigMap', 'snowflow-places', { data: { WORKFLOW_POOL_SIZE: '12' } }),
      'StatefulSet postgres takes 400 connections, and programs may ask for 464',
    ],
    [
      'higher maximum',
      planted('overlays/dev', 'HorizontalPodAutoscaler', 'auth', { spec: { maxReplicas: 7 } }),
      'StatefulSet postgres takes 400 connections, and programs may ask for 410',
    ],
    [
      'door for small bodies',
      planted('overlays/production', 'Ingress', 'snowflow', bodySize('8m')),
      'Ingress snowflow lets 8m through, and the gateway takes 8388608 bytes',
    ],
    [
      "controller's own limit",
      planted('overlays/production', 'Ingress', 'snowflow', bodySize(null)),
      'Ingress snowflow lets 1m through, and the gateway takes 8388608 bytes',
    ],
    [
      'gateway that takes larger files than its door',
      planted('overlays/production', 'ConfigMap', 'snowflow-gateway', { data: { IMPORT_LIMIT_BYTES: '16777216' } }),
      'Ingress snowflow lets 9m through, and the gateway takes 16777216 bytes',
    ],
  ])('as a %s', (_what, objects, sentence) => {
    expect(manifestProblems(objects)).toEqual([sentence]);
  });
});
