import { AppError } from '@snowflow/contracts/errors/app-error';
import { RUN_STATUSES, type RunStatus } from '@snowflow/contracts/runs/run-state';

export { parseMoment } from '@snowflow/contracts/dto/parse-moment';

/** `failed,cancelled`: the runs in any of these. Throws VALIDATION for a status that there is not. */
export function parseStatuses(text: string | undefined): RunStatus[] | undefined {
  return text?.split(',').map((name) => {
    const known = RUN_STATUSES.find((one) => one === name.trim());
    if (known) return known;
    throw new AppError('VALIDATION', 'There is no such status.', {
      errors: [{ path: 'status', message: `Give one or several of ${RUN_STATUSES.join(', ')}, with commas between` }],
    });
  });
}
