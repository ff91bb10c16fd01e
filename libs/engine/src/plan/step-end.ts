import type { StepEnd } from '@snowflow/contracts/workflow/plan-step.dto';
import { actionNodes, stepNodes } from '@snowflow/nodes/composers';
import { settingsOf } from '@snowflow/nodes/kit/node-settings';
import type { CheckedNode } from '../validate/workflow-graph';
import type { Boundaries } from './boundaries';

const SENTENCES: Readonly<Record<StepEnd, string>> = {
  OUTPUT: 'It is an output: its rows are written, or kept to be read.',
  CONDITION: 'Its answer decides what runs after it.',
  ACTION: 'It does something that no statement does.',
  COMPUTED_ONCE: 'It is computed once; later statements read its result.',
  OWN_FAILURE: 'The run goes on when it fails, so it has a statement of its own.',
  PINNED: 'Its rows are those of an earlier run.',
  NO_READER: 'No node reads its rows, so they are a result.',
  REQUESTED: 'The run was asked for up to this node.',
  DEBUG: 'A debug run shows the first rows of every node.',
};

/** The sentence for a person. */
export function sentenceOf(end: StepEnd): string {
  return SENTENCES[end];
}

/** Why a step ends at a node: what the node is, else what it is set to, else how it was asked for. */
export function stepEndOf({ node, config }: CheckedNode, boundaries: Boundaries): StepEnd {
  const { pinned, materialise, onError } = settingsOf(config?.value ?? {});
  if (pinned) return 'PINNED';
  if (actionNodes.has(node.type)) return 'ACTION';
  const ending = stepNodes.get(node.type);
  if (ending) return ending.kind === 'condition' ? 'CONDITION' : 'OUTPUT';
  if (materialise) return 'COMPUTED_ONCE';
  if (onError !== 'fail') return 'OWN_FAILURE';
  if (!boundaries.has(node.id)) return 'DEBUG';
  return node.id === boundaries.to ? 'REQUESTED' : 'NO_READER';
}
