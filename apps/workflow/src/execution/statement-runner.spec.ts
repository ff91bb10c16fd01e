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
    const runner = new StatementRunner(snowflake.client, { collect: () => undefined }, 50, 20);
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

  it('was never sent where the session was over, so the next session has nothing to settle', async () => {
    const snowflake = new PretendSnowflake();
    snowflake.refused.push(new AppError('SNOWFLAKE_SESSION_ENDED', 'Over.'));
    const { ended, told } = await bring(snowflake, { ...statementOf('write', 'UNSENT'), timeoutSeconds: 9 });
    expect(ended).toMatchObject({ code: 'SNOWFLAKE_SESSION_ENDED' });
    expect(told.map(({ state }) => state)).toEqual(['sent', 'absent']);
  });

  describe('because it does not know it', () => {
    const forgetful = () => {
      const snowflake = new PretendSnowflake();
      let isForgotten = true;
      const wait: typeof snowflake.client.wait = async (request) => {
        if (!isForgotten) return client.wait(request);
        return { state: 'running', queryId: request.queryId, isUnheard: true };
      };
      const settle: typeof snowflake.client.settle = (request) => {
        isForgotten = false;
        return snowflake.settled ? Promise.resolve(snowflake.settled) : client.settle(request);
      };
      const cancel: typeof snowflake.client.cancel = async () => {
        isForgotten = false;
        return { done: true };
      };
      const { client } = snowflake;
      Object.assign(snowflake, { client: { ...client, wait, settle, cancel } });
      return snowflake;
    };

    it('is sent anew where it only reads', async () => {
      const snowflake = forgetful();
      const { ended } = await bring(snowflake, { ...statementOf('read', 'LOST'), timeoutSeconds: 20 });
      expect(ended).toMatchObject({ state: 'succeeded' });
      expect(snowflake.of('LOST')).toHaveLength(2);
    });

    it('is sent anew where it writes and is proved never to have run', async () => {
      const snowflake = forgetful();
      snowflake.settled = { state: 'absent' };
      const { ended } = await bring(snowflake, { ...statementOf('write', 'LOST'), timeoutSeconds: 20 });
      expect(ended).toMatchObject({ state: 'succeeded' });
      expect(snowflake.of('LOST')).toHaveLength(2);
    });

    it('is told as in doubt where it writes and nobody can tell', async () => {
      const snowflake = forgetful();
      snowflake.settled = { state: 'unknown' };
      const { ended } = await bring(snowflake, { ...statementOf('write', 'LOST'), timeoutSeconds: 20 });
      expect(ended).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
      expect(snowflake.of('LOST')).toHaveLength(1);
    });
  });
});
