/** An earlier node's value, as a text names it. */
export interface ValueReference {
  node: string;
  field: string;
}

const REFERENCE = /\{\{\s*nodes\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\s*\}\}/g;

/** The name under which a field of a node's value is declared and bound, beside the parameters of the workflow. */
export const valueName = ({ node, field }: ValueReference): string => `nodes.${node}.${field}`;

/** Every earlier value that a config names, wherever in it. */
export function referencesIn(config: unknown): ValueReference[] {
  if (typeof config === 'string') {
    return [...config.matchAll(REFERENCE)].map(([, node = '', field = '']) => ({ node, field }));
  }
  if (typeof config !== 'object' || config === null) return [];
  return Object.values(config).flatMap(referencesIn);
}
