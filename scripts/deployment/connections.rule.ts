import { AUTH_POOL_SIZE } from '../../apps/auth/src/storage/pool-size';
import { type Manifest, ofKind } from './manifest';
import { settingOf } from './setting-of';
import { workloadsOf } from './workload';

/** Of PostgreSQL's places: three that it keeps for superusers, and a few for backups, KEDA and people. */
const OTHERS = 10;
/** What PostgreSQL takes where nothing is said. */
const STOCK = 100;
/** A rollout starts one more of each. */
const SURGE = 1;

/** PostgreSQL, where it is among the objects, takes all connections of as many programs as scalers may make. */
export function connectionProblems(objects: readonly Manifest[]): string[] {
  const store = workloadsOf(objects).find(({ name }) => name === 'postgres');
  if (!store) return [];
  const args = store.containers.flatMap((container) => container.args ?? []).join(' ');
  const allowed = Number(/max_connections=(\d+)/.exec(args)?.[1] ?? STOCK);
  const pool = Number(settingOf(objects, 'workflow', 'WORKFLOW_POOL_SIZE'));
  const pools: Record<string, number> = { auth: AUTH_POOL_SIZE, workflow: pool, worker: pool };
  const needed = Object.entries(pools).reduce(
    (sum, [name, size]) => sum + (most(objects, name) + SURGE) * size,
    OTHERS,
  );
  return needed > allowed ? [`${store.title} takes ${allowed} connections, and programs may ask for ${needed}`] : [];
}

/** How many of a program there may be. */
function most(objects: readonly Manifest[], program: string): number {
  const maxima = [
    ...ofKind(objects, 'autoscaling/v2/HorizontalPodAutoscaler')
      .filter(({ spec }) => spec?.scaleTargetRef.name === program)
      .map(({ spec }) => spec?.maxReplicas ?? 1),
    ...ofKind(objects, 'keda.sh/v1alpha1/ScaledObject')
      .filter(({ spec }) => spec.scaleTargetRef.name === program)
      // Where nothing is said KEDA goes up to a hundred.
      .map(({ spec }) => spec.maxReplicaCount ?? 100),
  ];
  return Math.max(workloadsOf(objects).find(({ name }) => name === program)?.replicas ?? 1, ...maxima);
}
