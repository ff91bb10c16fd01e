/** By which field items of these lists are the same one; any other list is replaced whole. */
const MERGE_KEYS: Record<string, string> = {
  containers: 'name',
  env: 'name',
  ports: 'containerPort',
  topologySpreadConstraints: 'topologyKey',
  volumeMounts: 'mountPath',
  volumes: 'name',
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isRecords = (value: unknown): value is Record<string, unknown>[] => Array.isArray(value) && value.every(isRecord);

/** Kubernetes' strategic merge, as far as our patches go: maps into maps, null removes, and the lists above by their keys. */
export function merge(target: unknown, patch: unknown, field = ''): unknown {
  if (isRecord(target) && isRecord(patch)) return mergeMaps(target, patch);
  const key = MERGE_KEYS[field];
  if (key && isRecords(target) && isRecords(patch)) return mergeLists(target, patch, key);
  return patch;
}

function mergeMaps(target: Record<string, unknown>, patch: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...target };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = merge(target[name], value, name);
  }
  return merged;
}

/** What only the patch has stands first, as kubectl puts it. */
function mergeLists(target: Record<string, unknown>[], patch: Record<string, unknown>[], key: string): unknown[] {
  const added = patch.filter((item) => !target.some((known) => known[key] === item[key]));
  const kept = target.map((item) => {
    const change = patch.find((candidate) => candidate[key] === item[key]);
    return change ? merge(item, change) : item;
  });
  return [...added, ...kept];
}
