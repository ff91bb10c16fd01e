import { setPriority } from 'node:os';
import type { Stack } from '@snowflow/testing/stack';

const BEHIND = 15;

/**
 * Starts again what has ended. In a cluster a process that starts has a processor of its own; here it takes what the others leave, until it
 * is ready. Only root may give a process its rank back.
 */
export async function startBehind(stack: Stack): Promise<void> {
  const before = new Set(pidsOf(stack));
  const started = stack.ensureReplicas();
  const fresh = process.getuid?.() === 0 ? pidsOf(stack).filter((pid) => !before.has(pid)) : [];
  for (const pid of fresh) setPriority(pid, BEHIND);
  await started;
  for (const pid of fresh) setPriority(pid, 0);
}

const pidsOf = (stack: Stack) => Object.values(stack.pids).flat();
