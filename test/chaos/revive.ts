import type { Stack } from '@snowflow/testing/stack';

const PATIENCE_MS = 180_000;

/** Starts what has ended until all of it is ready: a process that finds its stores away at its start ends, and is started again. */
export async function revive(stack: Stack): Promise<void> {
  for (const giveUpAt = Date.now() + PATIENCE_MS; ;) {
    try {
      return await stack.ensureReplicas();
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
    }
  }
}
