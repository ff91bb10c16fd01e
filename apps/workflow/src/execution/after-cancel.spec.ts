import type { SettledOutcome, SettleRequest } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { afterCancel } from './after-cancel';
import type { StatementChange } from './run-record.repository';

const context = { role: 'R', secondaryRoles: 'NONE' as const, warehouse: 'W', database: null, schema: null };
const sent: StatementChange = {
  step: 'w',
  request_id: 'request',
  effect_key: 'effect',
  query_id: null,
  state: 'sent',
  bytes_at_most: null,
  outcome: null,
};
const ended: SettledOutcome = {
  state: 'succeeded',
  queryId: 'q',
  columns: [],
  rowCount: 1,
  rowsAffected: 7,
  role: 'R',
};

async function look(...answers: (SettledOutcome | AppError)[]) {
  const asked: SettleRequest[] = [];
  const settle = async (question: SettleRequest) => {
    asked.push({ ...question });
    const answer = answers.shift() ?? { state: 'unknown' as const };
    if (answer instanceof AppError) throw answer;
    return answer;
  };
  return { asked, known: await afterCancel({ settle }, sent, context) };
}

describe('A write whose run was cancelled', () => {
  it('has succeeded where it was applied before', async () => {
    const { known } = await look(ended);
    expect(known).toMatchObject({ state: 'succeeded', query_id: 'q', outcome: { rowCount: 1, rowsAffected: 7 } });
  });

  it('was not applied where it failed or never came to Snowflake', async () => {
    const failure = { code: '000604', message: 'SQL execution canceled' };
    expect((await look({ state: 'failed', queryId: 'q', failure })).known).toMatchObject({ state: 'failed' });
    expect((await look({ state: 'absent' })).known).toMatchObject({ state: 'absent' });
  });

  it('is asked after again while it still ends, and while nobody answers', async () => {
    const { asked, known } = await look(
      new AppError('UNAVAILABLE', 'Away.'),
      { state: 'running', queryId: 'q' },
      ended,
    );
    expect(known.state).toBe('succeeded');
    expect(asked.map(({ queryId }) => queryId)).toEqual([undefined, undefined, 'q']);
  });

  it('stays open where nobody can tell, at once where the session is over', async () => {
    expect((await look({ state: 'unknown' })).known).toEqual(sent);
    const { asked, known } = await look(new AppError('SNOWFLAKE_SESSION_ENDED', 'Over.'), ended);
    expect([asked.length, known]).toEqual([1, sent]);
  });
});
