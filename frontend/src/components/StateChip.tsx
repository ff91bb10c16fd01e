import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CirclePause,
  CircleX,
  LoaderCircle,
  type LucideIcon,
} from 'lucide-react';
import type { NodeStatus, RunStatus } from '@snowflow/contracts/runs/run-state';
import './StateChip.css';

export interface StateLook {
  word: string;
  Icon: LucideIcon;
  /** The name of the state's colour roles. */
  tone: 'queued' | 'running' | 'done' | 'failed' | 'skipped' | 'waiting' | 'cancelled';
}

export const STATE_LOOKS: Readonly<Record<RunStatus | NodeStatus, StateLook>> = {
  pending: { word: 'Queued', Icon: CircleDashed, tone: 'queued' },
  queued: { word: 'Queued', Icon: CircleDashed, tone: 'queued' },
  running: { word: 'Running', Icon: LoaderCircle, tone: 'running' },
  waiting: { word: 'Waiting', Icon: CirclePause, tone: 'waiting' },
  succeeded: { word: 'Done', Icon: CircleCheck, tone: 'done' },
  failed: { word: 'Failed', Icon: CircleX, tone: 'failed' },
  skipped: { word: 'Skipped', Icon: Ban, tone: 'skipped' },
  cancelled: { word: 'Cancelled', Icon: CircleDot, tone: 'cancelled' },
};

/** A run's state: icon, word and colour together. */
export function StateChip({ status, look }: { status: RunStatus | NodeStatus; look?: StateLook }) {
  const { word, Icon, tone } = look ?? STATE_LOOKS[status];
  return (
    <span className="state-chip" data-tone={tone}>
      <Icon size={14} aria-hidden className={tone === 'running' ? 'spin' : undefined} />
      {word}
    </span>
  );
}
