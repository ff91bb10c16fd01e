import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, type ApiReply, type Run } from './support/api-client';
import { DocumentBuilder } from './support/document-builder';
import { onlyWhere } from './support/statement-caller';

const SWITCHES = 1_000;
const RUNS = 100;
const PLACES = [
  { role: 'SYSADMIN', warehouse: 'DEMO_WH' },
  { role: 'ANALYST', warehouse: 'LOAD_WH' },
  { role: 'ACCOUNTADMIN', warehouse: 'DEMO_WH' },
  { role: 'SYSADMIN', warehouse: 'LOAD_WH' },
] as const;
type Place = (typeof PLACES)[number];

/** Two statements, one of them a step later, that each fail anywhere but where the run was started. */
const checking = ({ role, warehouse }: Place) =>
  new DocumentBuilder(`Only as ${role} on ${warehouse}`)
    .node('first', 'source.sql', { sql: onlyWhere({ ROLE: role, WAREHOUSE: warehouse }) })
    .node('early', 'output.result', { name: 'Early', view: 'table' }, 'first')
    .tpch('nations', 'NATION')
    .node('many', 'logic.condition', { expression: 'ROW_COUNT > 10' }, 'nations')
    .node('second', 'source.sql', { sql: onlyWhere({ ROLE: role, WAREHOUSE: warehouse }) })
    .node('both', 'shape.join', { how: 'cross', on: [] }, { left: 'many.true', right: 'second' })
    .node('late', 'output.result', { name: 'Late', view: 'table' }, 'both')
    .build();

describe('One person who changes role and warehouse all the time', () => {
  let stack: Stack;
  let api: ApiClient;

  beforeAll(async () => {
    stack = await startStack({ copies: 2, env: { THROTTLE_REQUESTS_PER_MINUTE: '1000000' } });
    api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
  }, 180_000);
  afterAll(() => stack?.stop(), 60_000);

  const started: { runId: string; place: Place }[] = [];

  async function switchTo(place: Place): Promise<void> {
    for (;;) {
      const { status, body } = await api.call<{ role: string; warehouse: string }>('POST', '/auth/context', {
        body: place,
      });
      if (status === 503) continue;
      expect({ status, role: body.role, warehouse: body.warehouse }).toEqual({ status: 200, ...place });
      return;
    }
  }

  it(`switches ${SWITCHES} times while ${RUNS} runs go, each in the context it was started in`, async () => {
    for (let index = 0; index < SWITCHES; index++) {
      // One further each time that a run starts, so that runs start at every place.
      const place = PLACES[(index + Math.floor((index * RUNS) / SWITCHES)) % PLACES.length] as Place;
      await switchTo(place);
      if (index % (SWITCHES / RUNS) === 0) {
        const reply = await api.call<{ runId: string }>('POST', '/workflows/run', {
          body: { definition: checking(place) },
        });
        expect({ status: reply.status, body: reply.body }).toMatchObject({ status: 202 });
        started.push({ runId: reply.body.runId, place });
      }
    }
    const runs = await Promise.all(started.map(({ runId }) => ended(api, runId)));
    expect(runs.filter((run) => run.status !== 'succeeded')).toEqual([]);
    expect(runs).toHaveLength(RUNS);
  }, 600_000);
});

async function ended(api: ApiClient, runId: string): Promise<Run> {
  for (;;) {
    const { body }: ApiReply<Run> = await api.call('GET', `/runs/${runId}`);
    if (['succeeded', 'failed', 'cancelled'].includes(body.status)) return body;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
