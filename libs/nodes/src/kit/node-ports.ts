import type { NodeDefinition, Port } from './node-definition';

/** The ports of one node. */
export interface NodePorts {
  inputs: readonly Port[];
  outputs: readonly Port[];
}

/** The port on which a node goes on that failed and whose setting says so; it gives what went wrong. */
export const ERROR_PORT: Port = { id: 'error', kind: 'value', label: 'error' };

/** The ports that a node has by its definition and its config, which may be half filled in. */
export function portsOf(definition: NodeDefinition, config: Record<string, unknown>): NodePorts {
  const own = definition.dynamicPorts?.(config) ?? {};
  const outputs = own.outputs ?? definition.outputs;
  return {
    inputs: own.inputs ?? definition.inputs,
    outputs: config['onError'] === 'branch' ? [...outputs, ERROR_PORT] : outputs,
  };
}
