import { once } from 'node:events';
import { MortalScheduler } from './mortal-scheduler';
import { SetClock } from './set-clock';

/** What a scheduler in a process of its own is told. */
export interface ProcessLife {
  name: string;
  url: string;
  /** What time it is for it. */
  at: number;
  /** It kills itself, as `kill -9` does, during the step after so many. */
  steps: number;
}

async function live({ name, url, at, steps }: ProcessLife): Promise<void> {
  await new MortalScheduler(name, url, new SetClock(at)).live(steps);
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), Math.random() * 5);
}

// Without its parent nobody waits for it.
process.once('disconnect', () => process.exit(0));
void once(process, 'message').then(([life]) => live(life as ProcessLife));
