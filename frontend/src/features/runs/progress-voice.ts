import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { STATE_LOOKS } from '../../components/StateChip';
import type { RunProgress } from '../../store/run-progress';

const QUIET_MS = 2_000;

interface Voice {
  polite(text: string): void;
  urgent(text: string): void;
}

/** Says what ended since the state before, at most once in two seconds; failures at once. */
export class ProgressVoice {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting: string[] = [];

  constructor(private readonly voice: Voice) {}

  tell(before: RunProgress | undefined, run: RunProgress, labelOf: (nodeId: string) => string | undefined): void {
    for (const event of run.events.slice(before?.id === run.id ? before.events.length : 0)) {
      const { nodeId, node } = event.data;
      const label = nodeId === undefined ? undefined : labelOf(nodeId);
      if (label && node?.status === 'failed') this.voice.urgent(`${label} failed`);
      else if (label && node?.status === 'waiting') this.waiting.push(`${label} waits`);
      else if (label && node?.status === 'succeeded') this.waiting.push(`${label} done`);
    }
    if (isTerminal(run.status) && before?.status !== run.status) {
      this.waiting.push(`Run ${STATE_LOOKS[run.status].word.toLowerCase()}`);
    }
    if (this.waiting.length > 0) this.timer ??= setTimeout(() => this.speak(), QUIET_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private speak(): void {
    this.voice.polite(this.waiting.slice(-3).join(', '));
    this.waiting = [];
    this.timer = undefined;
  }
}
