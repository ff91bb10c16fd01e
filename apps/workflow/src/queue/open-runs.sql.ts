/** Which rows of the queue wait or are under way: one that rests until somebody decides is neither. KEDA counts the same in k8s/. */
export const OPEN_RUNS = 'leased_by IS NOT NULL OR leased_until < now()';
