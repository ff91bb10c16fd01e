import {
  Ban,
  CircleCheck,
  CirclePause,
  CircleQuestionMark,
  CircleX,
  LoaderCircle,
  type LucideIcon,
} from 'lucide-react';
import type { AgentStep } from '../../../api/types';
import type { StateLook } from '../../../components/StateChip';

const look = (word: string, Icon: LucideIcon, tone: StateLook['tone']): StateLook => ({ word, Icon, tone });

/** How the states of a step are shown: icon, word and colour together. */
export const STEP_LOOKS: Readonly<Record<AgentStep['state'], StateLook>> = {
  running: look('Running', LoaderCircle, 'running'),
  waiting: look('Waits for a decision', CirclePause, 'waiting'),
  succeeded: look('Done', CircleCheck, 'done'),
  failed: look('Failed', CircleX, 'failed'),
  refused: look('Refused', Ban, 'skipped'),
  unknown: look('Outcome unknown', CircleQuestionMark, 'failed'),
};

/** A decision of a person that let a call go is that, and not just done. */
export function stepLook({ kind, state }: AgentStep): StateLook {
  const shown = STEP_LOOKS[state];
  return kind === 'approval' && state === 'succeeded' ? { ...shown, word: 'Approved' } : shown;
}

export const STEP_WORDS: Readonly<Record<AgentStep['kind'], string>> = {
  model: 'Model',
  tool: 'Tool',
  delegation: 'Agent',
  approval: 'Approval',
  guard: 'Guard',
};
