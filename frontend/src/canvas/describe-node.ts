import type { NodePorts } from '@snowflow/nodes/kit/node-ports';

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** A node as it is read aloud. */
export function describeNode(
  label: string,
  subtitle: string,
  { inputs, outputs }: NodePorts,
  state: string | undefined,
): string {
  const ports =
    inputs.length + outputs.length === 0 ? [] : [counted(inputs.length, 'input'), counted(outputs.length, 'output')];
  return [label, subtitle, ...(state ? [state.toLowerCase()] : []), ...ports].join(', ');
}
