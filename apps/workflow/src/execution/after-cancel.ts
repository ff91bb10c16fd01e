import { setTimeout as delay } from 'node:timers/promises';
import type { ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import type { SettledOutcome } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { isPassing } from './backoff';
import type { StatementChange } from './run-record.repository';

/** So long a cancelled run stays open for Snowflake's word on its write. */
export const LAST_LOOK_MS = 10_000;
const LOOK_AGAIN_MS = 250;

/** Of a write that its run's end cut off nobody can say what became of it. */
export const cutOffUnknown = (): AppError =>
  new AppError(
    'OUTCOME_UNKNOWN',
    'The run ended while this statement was under way, and Snowflake did not say whether it was applied. Check the table before you run anew.',
  );

/** Nobody can say whether what was sent or asked outside arrived. */
export const sentUnknown = (): AppError =>
  new AppError(
    'OUTCOME_UNKNOWN',
    'The run ended while this was being sent, and whether it arrived is not known. Look at its receiver before you run anew.',
  );

/**
 * What became of a write that Snowflake was told to cancel: the cancel may have come too late. `sent`: nobody can tell.
 */
export async function afterCancel(
  connections: Pick<ConnectionsClient, 'settle'>,
  entry: StatementChange,
  context: PinnedContext,
): Promise<StatementChange> {
  const outcome = await lastLook(connections, entry, context);
  switch (outcome.state) {
    case 'succeeded': {
      const { queryId, columns, rowCount, rowsAffected } = outcome;
      const kept = { columns, rowCount, ...(rowsAffected === undefined ? {} : { rowsAffected }) };
      return { ...entry, query_id: queryId, state: 'succeeded', outcome: kept };
    }
    case 'failed':
      return { ...entry, query_id: outcome.queryId, state: 'failed' };
    case 'absent':
      return { ...entry, state: 'absent' };
    default:
      return entry;
  }
}

/** A statement takes a moment to end once it was told to, so what still runs is asked again. */
async function lastLook(
  { settle }: Pick<ConnectionsClient, 'settle'>,
  { request_id: requestId, effect_key: effectKey, query_id: queryId }: StatementChange,
  context: PinnedContext,
): Promise<SettledOutcome> {
  const question = { requestId, effectKey, context, ...(queryId === null ? {} : { queryId }) };
  for (const giveUpAt = Date.now() + LAST_LOOK_MS; Date.now() < giveUpAt; await delay(LOOK_AGAIN_MS)) {
    const outcome = await settle(question, { deadlineMs: giveUpAt - Date.now() }).catch((error: unknown) =>
      isPassing(error) ? undefined : ({ state: 'unknown' } as const),
    );
    if (outcome && outcome.state !== 'running') return outcome;
    if (outcome) question.queryId = outcome.queryId;
  }
  return { state: 'unknown' };
}
