import type { NodePorts } from '@snowflow/nodes/kit/node-ports';
import type { NodeStatus } from '@snowflow/contracts/runs/run-state';
import { STATE_LOOKS } from '../components/StateChip';

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** A node as it is read aloud. */
export function describeNode(
  label: string,
  subtitle: string,
  { inputs, outputs }: NodePorts,
  status: NodeStatus | undefined,
): string {
  const ports =
    inputs.length + outputs.length === 0 ? [] : [counted(inputs.length, 'input'), counted(outputs.length, 'output')];
  return [label, subtitle, ...(status ? [STATE_LOOKS[status].word.toLowerCase()] : []), ...ports].join(', ');
}
