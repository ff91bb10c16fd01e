import { AppError } from '@snowflow/contracts/errors/app-error';
import { PretendSnowflake } from '../testing/pretend-snowflake';
import type { StatementChange } from './run-record.repository';
import { StatementRunner, type StepStatement } from './statement-runner';

describe('A statement that Snowflake does not end', () => {
  const statementOf = (kind: 'read' | 'write', text: string): StepStatement => ({
    step: 's',
    kind,
    sql: text,
    binds: [],
    context: { role: 'R', secondaryRoles: 'NONE', warehouse: 'W', database: null, schema: null },
    runId: 'run_1',
    tag: {},
    timeoutSeconds: 0,
    bytesAtMost: null,
  });
  const bring = async (snowflake: PretendSnowflake, statement: StepStatement) => {
    const told: StatementChange[] = [];
    const journal = {
      write: async (change: StatementChange) => void told.push(change),
      note: (change: StatementChange) => void told.push(change),
      queryKnown: async () => undefined,
    };
    const runner = new StatementRunner(snowflake.client, { collect: () => undefined }, 50, 0);
    const ended = runner.run(statement, [], journal, new AbortController().signal);
    return { told, ended: await ended.catch((error: unknown) => error) };
  };

  it('is cancelled and told as that, long after its time limit', async () => {
    const snowflake = new PretendSnowflake().when('ENDLESS', () => undefined);
    const { ended, told } = await bring(snowflake, statementOf('read', 'ENDLESS'));
    expect(ended).toMatchObject({
      code: 'DEADLINE_EXCEEDED',
      message: expect.stringContaining('its time limit of 0 s, so it was cancelled'),
    });
    expect(snowflake.of('ENDLESS').map(({ cancelled }) => cancelled)).toEqual([true]);
    expect(told.at(-1)).toMatchObject({ state: 'failed' });
  });

  it('is not said to have failed where it is a write that nobody can tell of', async () => {
    const snowflake = new PretendSnowflake().when('WRITTEN', () => undefined);
    const client = {
      ...snowflake.client,
      cancel: () => Promise.reject(new AppError('SNOWFLAKE_UNREACHABLE', 'Nobody there.')),
    };
    Object.assign(snowflake, { client });
    const { ended } = await bring(snowflake, statementOf('write', 'WRITTEN'));
    expect(ended).toMatchObject({ code: 'OUTCOME_UNKNOWN', message: expect.stringContaining('Check the table') });
    expect(snowflake.of('WRITTEN')).toHaveLength(1);
  });

  it('counts where it came to its end at the last moment', async () => {
    const snowflake = new PretendSnowflake().when('JUST_IN_TIME', () => undefined);
    const client = {
      ...snowflake.client,
      cancel: async () => {
        for (const statement of snowflake.of('JUST_IN_TIME')) snowflake.succeed(statement, 1);
        return { done: true as const };
      },
    };
    Object.assign(snowflake, { client });
    const { ended } = await bring(snowflake, statementOf('write', 'JUST_IN_TIME'));
    expect(ended).toMatchObject({ state: 'succeeded', rowCount: 1 });
  });

  it('is told as that too where nobody is reached at all', async () => {
    const snowflake = new PretendSnowflake();
    snowflake.refused.push(...Array.from({ length: 50 }, () => new AppError('SNOWFLAKE_UNREACHABLE', 'Nobody there.')));
    const { ended } = await bring(snowflake, statementOf('read', 'UNREACHED'));
    expect(ended).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(snowflake.of('UNREACHED')).toHaveLength(0);
  });

  it('is sent anew where it is a read that Snowflake does not know any more', async () => {
    const snowflake = new PretendSnowflake().when('FORGOTTEN', (statement) => {
      if (snowflake.of('FORGOTTEN').length === 1) snowflake.forget(statement);
      else snowflake.succeed(statement, 1);
    });
    const { ended, told } = await bring(snowflake, { ...statementOf('read', 'FORGOTTEN'), timeoutSeconds: 9 });
    expect(ended).toMatchObject({ state: 'succeeded', rowCount: 1 });
    expect(snowflake.of('FORGOTTEN').map(({ cancelled }) => cancelled)).toEqual([true, false]);
    expect(told.map(({ state }) => state)).toContain('absent');
  });

  it('is looked for where it is a write that Snowflake does not know any more, and never sent again unless it is proved', async () => {
    const forgetting = (): PretendSnowflake =>
      new PretendSnowflake().when('FORGOTTEN', (statement) => snowflake.forget(statement));
    let snowflake = forgetting();
    snowflake.settled = { state: 'unknown' };
    const statement = { ...statementOf('write', 'FORGOTTEN'), timeoutSeconds: 9 };
    expect((await bring(snowflake, statement)).ended).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(snowflake.of('FORGOTTEN')).toHaveLength(1);

    snowflake = forgetting();
    snowflake.settled = { state: 'succeeded', queryId: 'found', columns: [], rowCount: 1, role: 'R' };
    expect((await bring(snowflake, statement)).ended).toMatchObject({ state: 'succeeded', queryId: 'found' });
    expect(snowflake.of('FORGOTTEN')).toHaveLength(1);
  });

  it('was never sent where the session was over, so the next session has nothing to settle', async () => {
    const snowflake = new PretendSnowflake();
    snowflake.refused.push(new AppError('SNOWFLAKE_SESSION_ENDED', 'Over.'));
    const { ended, told } = await bring(snowflake, { ...statementOf('write', 'UNSENT'), timeoutSeconds: 9 });
    expect(ended).toMatchObject({ code: 'SNOWFLAKE_SESSION_ENDED' });
    expect(told.map(({ state }) => state)).toEqual(['sent', 'absent']);
  });

  it.each([
    ['write', 'OUTCOME_UNKNOWN'],
    ['read', 'SNOWFLAKE_SESSION_ENDED'],
  ] as const)('and is a %s in flight when the session ends is told as %s', async (kind, code) => {
    const snowflake = new PretendSnowflake().when('IN_FLIGHT', () => undefined);
    const client = {
      ...snowflake.client,
      wait: () => Promise.reject(new AppError('SNOWFLAKE_SESSION_ENDED', 'Over.')),
    };
    Object.assign(snowflake, { client });
    const { ended } = await bring(snowflake, { ...statementOf(kind, 'IN_FLIGHT'), timeoutSeconds: 9 });
    expect(ended).toMatchObject({ code });
    expect(snowflake.of('IN_FLIGHT')).toHaveLength(1);
  });

  it('waits for a place under one request id, with nothing more in the journal', async () => {
    const snowflake = new PretendSnowflake();
    const crowded = () => new AppError('OVERLOADED', 'No place.', { retryAfterSeconds: 0.001 });
    snowflake.refused.push(crowded(), crowded(), crowded());
    const { ended, told } = await bring(snowflake, { ...statementOf('read', 'CROWDED'), timeoutSeconds: 9 });
    expect(ended).toMatchObject({ state: 'succeeded' });
    expect(told.map(({ state }) => state)).toEqual(['sent', 'succeeded']);
    expect(new Set(told.map(({ request_id }) => request_id)).size).toBe(1);
  });
});
