import { definitions } from '@snowflow/nodes/definitions';
import type { NodeDefinition, NodeGroup, Port } from '@snowflow/nodes/kit/node-definition';
import { portsOf, type NodePorts } from '@snowflow/nodes/kit/node-ports';
import type { StepData } from './canvas-elements';

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

type Configured = Pick<StepData, 'type' | 'config'>;

const NO_PORTS: NodePorts = { inputs: [], outputs: [] };

/** The ports of a node, some of which may follow from its config; none of a type this version does not know. */
export function portsOfNode({ type, config }: Configured): NodePorts {
  const definition = definitionOf(type);
  return definition ? portsOf(definition, config) : NO_PORTS;
}

/** One port of a node. */
export function portOf(node: Configured, side: 'inputs' | 'outputs', id: string | null | undefined): Port | undefined {
  return portsOfNode(node)[side].find((port) => port.id === id);
}
