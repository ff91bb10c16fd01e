import { streamOf } from '@snowflow/transport/stream-keys';
import { OPEN_RUNS } from '../../apps/workflow/src/queue/open-runs.sql';
import { type Manifest, nameOf, ofKind } from './manifest';
import { settingOf } from './setting-of';

/** The statement by which KEDA counts runs that wait or are under way. */
const COUNT = `SELECT count(*) FROM workflow.run_queue WHERE ${OPEN_RUNS}`;

/** What KEDA is told of queues and streams, in words of its own, is what the programs do. */
export function queueScalingProblems(objects: readonly Manifest[]): string[] {
  return ofKind(objects, 'keda.sh/v1alpha1/ScaledObject').flatMap((scaler) =>
    scaler.spec.triggers.flatMap(({ type, metadata }) => {
      const target = scaler.spec.scaleTargetRef.name;
      const told = new Map(Object.entries(metadata));
      const faults = type === 'postgresql' ? queueFaults(objects, target, told) : streamFaults(type, target, told);
      return faults.map((fault) => `${nameOf(scaler)} ${fault}`);
    }),
  );
}

type Told = ReadonlyMap<string, unknown>;

function queueFaults(objects: readonly Manifest[], target: string, told: Told): string[] {
  const places = settingOf(objects, target, 'RUN_CONCURRENCY');
  return [
    ...(told.get('query') === COUNT ? [] : [`does not count runs as the queue does: ${COUNT}`]),
    ...(told.get('targetQueryValue') === places
      ? []
      : [`takes ${String(told.get('targetQueryValue'))} runs for a process that executes ${places}`]),
  ];
}

/** With a group KEDA would read what is delivered, or the lag, which Redis does not know once an entry ahead of the group was deleted. */
function streamFaults(type: string, target: string, told: Told): string[] {
  if (type !== 'redis-streams') return [];
  const stream = streamOf(target);
  return [
    ...(told.get('stream') === stream ? [] : [`reads ${String(told.get('stream'))}, and requests are in ${stream}`]),
    ...(told.has('streamLength') && !told.has('consumerGroup') ? [] : ['does not go by the length of the stream']),
  ];
}
