import { definitions } from '@snowflow/nodes/definitions';
import type { NodeDefinition, NodeGroup, Port } from '@snowflow/nodes/kit/node-definition';

/** Every node type, in palette order. */
export const allDefinitions: readonly NodeDefinition[] = [...definitions.values()];

/** The definition of a type; undefined for a type this version does not know. */
export function definitionOf(type: string): NodeDefinition | undefined {
  return definitions.get(type);
}

export const GROUP_NAMES: Readonly<Record<NodeGroup, string>> = {
  source: 'Source',
  shape: 'Shape',
  logic: 'Logic',
  ai: 'AI',
  output: 'Output',
};

/** One port of a node type. */
export function portOf(type: string, side: 'inputs' | 'outputs', id: string | null | undefined): Port | undefined {
  return definitionOf(type)?.[side].find((port) => port.id === id);
}
