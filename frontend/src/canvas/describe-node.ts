import type { NodeDefinition } from '@snowflow/nodes/kit/node-definition';
import type { NodeStatus } from '@snowflow/contracts/runs/run-state';
import { STATE_LOOKS } from '../components/StateChip';

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** A node as it is read aloud. */
export function describeNode(
  label: string,
  subtitle: string,
  definition: NodeDefinition | undefined,
  status: NodeStatus | undefined,
): string {
  const ports = definition
    ? [counted(definition.inputs.length, 'input'), counted(definition.outputs.length, 'output')]
    : [];
  return [label, subtitle, ...(status ? [STATE_LOOKS[status].word.toLowerCase()] : []), ...ports].join(', ');
}
