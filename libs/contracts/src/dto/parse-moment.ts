import { AppError } from '../errors/app-error';
import { isDay } from './is-day';

const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** A moment, or a day, which begins at midnight UTC. Throws VALIDATION naming the field. */
export function parseMoment(path: 'from' | 'to', text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const moment = new Date(text);
  if (MOMENT.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(moment.getTime())) return moment;
  throw new AppError('VALIDATION', `\`${path}\` is no moment.`, {
    errors: [{ path, message: 'Give a day as 2026-01-31 or a moment as 2026-01-31T08:00:00Z' }],
  });
}
