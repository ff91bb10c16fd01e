import { AppError } from '@snowflow/contracts/errors/app-error';
import { RUN_MODES, type RunMode } from '@snowflow/contracts/workflow/workflow.dto';
import { z } from 'zod';

const nodeId = z.string().min(1).max(64);
const mode = z.union([
  z.enum(RUN_MODES),
  z.strictObject({ to: nodeId }),
  z.strictObject({ from: nodeId, runId: z.string().regex(/^run_[0-9A-Za-z]{22}$/) }),
]);

/** How a run was asked for; all of it where nothing is said. Throws VALIDATION. */
export function parseMode(given: unknown): RunMode {
  if (given === undefined || given === null) return 'full';
  const parsed = mode.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new AppError('VALIDATION', 'There is no such way to run a workflow.', {
    errors: [
      {
        path: 'mode',
        message: 'Give "full", "debug", { "to": nodeId } or { "from": nodeId, "runId": an earlier run }',
      },
    ],
  });
}
