/** A run in the queue, as far as the choice of the next one goes. */
export interface QueuedRun {
  runId: string;
  tenantId: string;
  priority: number;
  workflowId: string;
  warehouseKey: string;
  waitedSeconds: number;
  isUnderWay: boolean;
}

interface ModelPlaces {
  perTenant: number;
  perWorkflow: number;
  perWarehouse: number;
}

/** Which run is next, said as plainly as possible: what the SQL has to agree with. */
export function nextRun(queue: readonly QueuedRun[], places: ModelPlaces, risesAfterSeconds: number) {
  const underWay = (isLike: (run: QueuedRun) => boolean) => queue.filter((run) => run.isUnderWay && isLike(run)).length;
  const ofTenant = (run: QueuedRun, isLike: (other: QueuedRun) => boolean = () => true) =>
    underWay((other) => other.tenantId === run.tenantId && isLike(other));
  const mayStart = (run: QueuedRun) =>
    !run.isUnderWay &&
    ofTenant(run) < places.perTenant &&
    (run.workflowId === '' || ofTenant(run, (o) => o.workflowId === run.workflowId) < places.perWorkflow) &&
    (run.warehouseKey === '' || ofTenant(run, (o) => o.warehouseKey === run.warehouseKey) < places.perWarehouse);
  const rank = (run: QueuedRun) => [
    Math.max(0, run.priority - Math.floor(run.waitedSeconds / risesAfterSeconds)),
    ofTenant(run),
    ofTenant(run, (other) => other.priority === run.priority),
    -run.waitedSeconds,
  ];
  return queue.filter(mayStart).sort((a, b) => compare(rank(a), rank(b)) || (a.runId < b.runId ? -1 : 1))[0]?.runId;
}

function compare(a: number[], b: number[]): number {
  const index = a.findIndex((each, at) => each !== b[at]);
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}
