import type { NodeDefinition } from './node-definition';

/**
 * Definitions by type. Each has its own Config, so the list is existential: nobody but the definition itself makes sense
 * of a config, and the engine hands it only what its own schema has parsed. Methods are bivariant, so this needs no cast.
 */
export function defineNodes(list: readonly NodeDefinition[]): ReadonlyMap<string, NodeDefinition> {
  const byType = new Map<string, NodeDefinition>();
  for (const definition of list) {
    if (byType.has(definition.type)) throw new Error(`Two node types are called ${definition.type}`);
    byType.set(definition.type, definition);
  }
  return byType;
}
