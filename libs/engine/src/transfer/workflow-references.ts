import { isFields } from './hide-secrets';

type Fields = Record<string, unknown>;

/** A config with the workflows that it calls, of its own or as tools of its agents, named otherwise. */
export function renameCalls(config: Fields, rename: (call: Fields) => Fields): Fields {
  const renamed = typeof config['workflowId'] === 'string' ? rename(config) : config;
  const inLists = Object.entries(renamed).map(([key, value]): [string, unknown] => {
    if ((key !== 'tools' && key !== 'agents') || !Array.isArray(value)) return [key, value];
    return [key, value.map((item: unknown) => (isFields(item) ? renameCalls(item, rename) : item))];
  });
  return Object.fromEntries(inLists);
}
