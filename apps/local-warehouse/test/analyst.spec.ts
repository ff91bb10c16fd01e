import * as fc from 'fast-check';
import { answerQuestion } from '../src/analyst/analyst';
import { salesView } from '../src/catalog/sales-view';
import { salesModelYaml } from '../src/sample-data/sales-model';
import { answered, refused } from './analyst-questions';
import { DriverSession, startTestWarehouse, type TestWarehouse } from './driver-session';

const view = 'DEMO.PUBLIC.SALES_MODEL';
const { model } = salesView();

interface Content {
  type: string;
  text?: string;
  statement?: string;
  suggestions?: string[];
}

describe('the local Analyst', () => {
  let warehouse: TestWarehouse;
  let session: DriverSession;
  let token: string;

  const post = async (path: string, body: object, authorization?: string) => {
    const headers = {
      'content-type': 'application/json',
      ...(authorization && { authorization: `Snowflake Token="${authorization}"` }),
    };
    const response = await fetch(warehouse.origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const ask = async (question: string, more: object = { semantic_view: view }): Promise<Content[]> => {
    const messages = [{ role: 'user', content: [{ type: 'text', text: question }] }];
    const { body } = await post('/api/v2/cortex/analyst/message', { messages, ...more }, token);
    return (body.message as { content: Content[] }).content;
  };
  const sorted = (rows: unknown[][]) => rows.map((row) => JSON.stringify(row)).sort();

  beforeAll(async () => {
    warehouse = await startTestWarehouse();
    session = await DriverSession.open(warehouse, { username: 'analyst', password: 'analyst' });
    const data = { ACCOUNT_NAME: 'demo', LOGIN_NAME: 'analyst', PASSWORD: 'analyst' };
    const login = await post('/session/v1/login-request', { data });
    token = (login.body.data as { token: string }).token;
  }, 60_000);
  afterAll(() => warehouse.stop());

  it('is asked at least 50 questions, of which it answers at least 40', () => {
    expect(answered.length).toBeGreaterThanOrEqual(40);
    expect(answered.length + refused.length).toBeGreaterThanOrEqual(50);
  });

  it.each(answered)('answers “%s” with the right rows', async (question, sql) => {
    const [text, second] = await ask(question);
    expect([text?.text, second?.type]).toEqual([expect.any(String), 'sql']);
    const [found, wanted] = [await session.run(second?.statement ?? ''), await session.run(sql)];
    expect(wanted.rows.length).toBeGreaterThan(0);
    expect(sorted(found.rows)).toEqual(sorted(wanted.rows));
  });

  it.each(refused)('says of “%s” what it did not understand', async (question, names) => {
    const [text, second] = await ask(question);
    expect(text?.text).toMatch(/^Not understood: /);
    expect(text?.text).toMatch(names);
    expect(second).toEqual({ type: 'suggestions', suggestions: expect.arrayContaining([expect.any(String)]) });
  });

  it('suggests only questions that it answers', async () => {
    const [, second] = await ask('hello');
    for (const suggestion of second?.suggestions ?? []) {
      expect((await ask(suggestion)).map(({ type }) => type)).toEqual(['text', 'sql']);
    }
  });

  it('refuses views that are not there, texts of models and bodies without a question', async () => {
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'revenue' }] }];
    const refusal = async (body: object) => (await post('/api/v2/cortex/analyst/message', body, token)).status;
    expect(await refusal({ messages, semantic_view: 'DEMO.PUBLIC.NOTHING' })).toBe(404);
    expect(await refusal({ messages, semantic_model: salesModelYaml })).toBe(400);
    expect(await refusal({ messages: [], semantic_view: view })).toBe(400);
    expect(await refusal({ messages: 'x', semantic_view: view })).toBe(400);
  });

  it('is asked with a token: without one the answer is 401', async () => {
    const { status, body } = await post('/api/v2/cortex/analyst/message', {});
    expect([status, body.message]).toEqual([401, expect.stringMatching(/has no token/)]);
  });

  it('answers any text with SQL or with what it did not understand, and an added unknown word always with the latter', () => {
    const words =
      'revenue orders by nation in 1995 top 5 customers highest more than 3 building and or year shipped the late'.split(
        ' ',
      );
    const sentence = fc.array(fc.constantFrom(...words), { maxLength: 10 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(fc.oneof(sentence, fc.string({ unit: 'grapheme' })), (question) => {
        const answer = answerQuestion(question, model, view.split('.'));
        expect('sql' in answer || answer.text.startsWith('Not understood: ')).toBe(true);
        expect('sql' in answerQuestion(`${question} zzyx`, model, view.split('.'))).toBe(false);
      }),
    );
  });
});
