import { spokenBinding, spokenChannel, type SpokenText } from '@snowflow/contracts/runs/spoken-text';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { eventually } from '@snowflow/testing/eventually';
import { ScriptedModelServer } from '@snowflow/testing/scripted-model-server';
import { Redis } from 'ioredis';
import { documentOf } from '../testing/documents';
import { RunPilot } from '../testing/run-pilot';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { Speaking } from './speaking';

describe('What an agent says while it says it', () => {
  let bench: WorkflowBench;
  let models: ScriptedModelServer;
  let runner: Person;
  let pilot: RunPilot;
  let redis: Redis;
  let raw: string[];
  const goOn: { word: string; go: () => void }[] = [];

  beforeAll(async () => {
    models = await ScriptedModelServer.start();
    models.betweenWords = (word) => new Promise((go) => goOn.push({ word, go }));
    bench = await startWorkflowBench({}, { url: models.url, key: '', models: ['scripted'] });
    runner = await bench.signIn();
    pilot = new RunPilot(bench, runner);
    redis = new Redis(bench.redisUrl);
    await redis.psubscribe(spokenChannel('*'));
    redis.on('pmessage', (_pattern, _channel, message: string) => raw.push(message));
    await bench.startWorker();
  }, 60_000);
  afterAll(async () => {
    redis?.disconnect();
    await bench?.stop();
    await models?.stop();
  });
  beforeEach(() => {
    raw = [];
    models.script = () => 'canary-first canary-second';
  });

  const agent = (more: object = {}) => {
    const config = { model: 'endpoint:scripted', question: 'Well?', ...more };
    return documentOf([{ id: 'ask', type: 'ai.agent', config }], []);
  };
  const nextWord = async () => {
    await eventually(() => goOn.length > 0);
    goOn.shift()?.go();
  };

  it('is told sealed for the tenant and the run before it has all been said, and rests nowhere', async () => {
    const runId = await pilot.start({ definition: agent() });
    await eventually(() => goOn.length > 0 && raw.length > 0);
    const ring = new KeyRing(bench.sealingKeys);
    const open = (tenant: string, run: string) =>
      JSON.parse(ring.open(raw[0] ?? '', spokenBinding(tenant, run))) as SpokenText;
    expect(open(runner.tenantId, runId)).toEqual({ nodeId: 'ask', text: 'canary-first ' });
    expect(() => open('ten_other', runId)).toThrow(/./);
    expect(() => open(runner.tenantId, 'run_other')).toThrow(/./);
    expect(raw.join()).not.toContain('canary-first');
    expect((await pilot.get(runId)).finishedAt).toBeNull();
    await nextWord();
    await nextWord();
    expect(await pilot.ended(runId)).toMatchObject({
      nodes: { ask: { value: { answer: 'canary-first canary-second' } } },
    });
    expect(models.asked.at(-1)).toMatchObject({ stream: true });
    expect((await pilot.story(runId)).map(({ type }) => type)).not.toContain('node.text');
    expect(await bench.everythingAtRest()).not.toContain('canary-first');
  });

  it('is not told where it has to be looked at first: blocked topics, or a form of the answer', async () => {
    models.script = () => '{}';
    for (const more of [{ blockedTopics: ['salary'] }, { responseSchema: '{"type": "object"}' }]) {
      expect(await pilot.runToEnd({ definition: agent(more) })).toMatchObject({ status: 'succeeded' });
    }
    expect(raw).toEqual([]);
  });

  it('is told without links, at most five times a second, and anew with each reply', () => {
    const told: string[] = [];
    let at = 0;
    const speaking = new Speaking(
      [],
      (text) => told.push(text),
      () => at,
    );
    speaking.hear('See ![x](https://evil', 'm1');
    speaking.hear('.example/ACCT', 'm1');
    at = 200;
    speaking.hear('-7781)', 'm1');
    at = 400;
    speaking.hear('Well', 'm2');
    expect(told).toHaveLength(3);
    expect(told.join()).not.toMatch(/ACCT|https:/);
    expect(told[2]).toBe('Well');
  });
});
