import { AppError } from '@snowflow/contracts/errors/app-error';

/** Workflows that one run may run inside itself: maps in maps multiply. */
const MOST_CALLS = 10_000;

/** Counts the calls of a run, each place once however often it is tried. */
export class CallBudget {
  private readonly taken = new Map<string, number>();
  private sum = 0;

  /** Throws LOOP_TOO_LARGE where a place would make them too many. */
  take(place: string, calls: number): void {
    this.sum += calls - (this.taken.get(place) ?? 0);
    this.taken.set(place, calls);
    if (this.sum <= MOST_CALLS) return;
    throw new AppError(
      'LOOP_TOO_LARGE',
      `A run may run ${MOST_CALLS} workflows inside itself, and this one would run more. Go through fewer items at once.`,
    );
  }
}
