import { isTerminal } from '@snowflow/contracts/runs/run-state';
import type { Run } from '../../../api/types';

/** Snowflake says numbers some moments after a statement's end; what it has not said by then, it does not say. */
const SAID_WITHIN_MS = 60_000;

/** Whether numbers of a run that has just ended are still to come. */
export function awaitsProfiles(
  { status, finishedAt, statements }: Pick<Run, 'status' | 'finishedAt' | 'statements'>,
  now: number,
): boolean {
  if (!isTerminal(status) || finishedAt === null || now - Date.parse(finishedAt) > SAID_WITHIN_MS) return false;
  return statements.some(({ queryId, state, stats }) => queryId !== null && state !== 'absent' && stats === undefined);
}
