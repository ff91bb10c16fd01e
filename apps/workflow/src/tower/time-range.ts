import { AppError } from '@snowflow/contracts/errors/app-error';
import { type Bucket, BUCKETS } from '@snowflow/contracts/workflow/tower.dto';
import { parseMoment } from '../runs/run-filters';

export interface TimeRange {
  from: Date;
  to: Date;
}

const DAY_MS = 86_400_000;
export const BUCKET_MS: Record<Bucket, number> = { hour: 3_600_000, day: DAY_MS };
/** More are no picture any more. */
const MOST_BUCKETS = 800;

/** From `from`, or so many days before the end, to `to`, or now. Throws VALIDATION for what is no time. */
export function parseRange({ from, to }: { from?: string; to?: string }, days: number, now = new Date()): TimeRange {
  const end = parseMoment('to', to) ?? now;
  const begin = parseMoment('from', from) ?? new Date(end.getTime() - days * DAY_MS);
  if (begin < end) return { from: begin, to: end };
  throw refused('from', 'The time begins after its end.', 'Give a moment before `to`');
}

/** The bucket that is asked for, or that suits the time. Throws VALIDATION where there would be too many. */
export function bucketFor({ from, to }: TimeRange, asked: Bucket | undefined): Bucket {
  const span = to.getTime() - from.getTime();
  const bucket = asked ?? (span <= 2 * DAY_MS ? 'hour' : 'day');
  if (span / BUCKET_MS[bucket] <= MOST_BUCKETS) return bucket;
  const wider = BUCKETS[BUCKETS.indexOf(bucket) + 1];
  throw refused(
    'from',
    `That time has more than ${MOST_BUCKETS} ${bucket}s.`,
    `Ask for less of it${wider ? `, or by ${wider}` : ''}`,
  );
}

/** When each bucket begins, in UTC. */
export function bucketsOf({ from, to }: TimeRange, bucket: Bucket): Date[] {
  const step = BUCKET_MS[bucket];
  const first = Math.floor(from.getTime() / step);
  const last = Math.floor((to.getTime() - 1) / step);
  return Array.from({ length: last - first + 1 }, (_, index) => new Date((first + index) * step));
}

function refused(path: string, said: string, message: string): AppError {
  return new AppError('VALIDATION', said, { errors: [{ path, message }] });
}
