import { AppError } from '@snowflow/contracts/errors/app-error';
import { ModelCalls, type ModelRequest } from '@snowflow/nodes/kit/model-calls';
import { agentOf, LIMITS, MemoryJournal, sceneOf, ScriptedModels, toolOf } from '../fixtures/scripted-agents';
import type { AgentLimits } from './agent-limits';
import { AgentSpending } from './agent-spending';
import { runAgent } from './run-agent';
import { delegationTools } from './supervisor';

const TASKS = ['north', 'south', 'east'].map((name) => ({
  name: `delegate_to_${name}`,
  arguments: { task: `Look ${name}` },
}));
const roleOf = ({ messages }: ModelRequest) => messages[0]?.content.split('.')[0] ?? '';

/** A supervisor over three agents, each of which looks once; `fails`: whose tool fails its agent. */
function supervised(
  given: { onError?: 'tell' | 'fail'; fails?: boolean; limits?: AgentLimits; journal?: MemoryJournal } = {},
) {
  const underway = { now: 0, most: 0 };
  const look = toolOf('look', {
    reads: true,
    call: async () => {
      underway.most = Math.max(underway.most, ++underway.now);
      await new Promise((resolve) => setImmediate(resolve));
      underway.now -= 1;
      return 'seen';
    },
  });
  const models = new ScriptedModels((request, turn) => {
    const role = roleOf(request);
    if (role === 'Lead') return turn === 1 ? TASKS : 'All told.';
    if (given.fails && role === 'south') throw new AppError('UNAVAILABLE', 'The model is away.');
    return turn === 1 ? [{ name: 'look', arguments: {} }] : `${role} is quiet.`;
  });
  const limits = given.limits ?? LIMITS;
  const scene = sceneOf(models, { limits, ...(given.journal ? { journal: given.journal } : {}) });
  const delegates = ['north', 'south', 'east'].map((name) => ({
    agent: agentOf([look], { name, instructions: `${name}.` }),
    description: `Knows the ${name}`,
    onError: given.onError ?? ('tell' as const),
    spending: () => new AgentSpending(name, LIMITS, { now: () => 0, earlierMs: 0 }, scene.spending),
  }));
  const lead = agentOf(delegationTools(delegates, scene), { instructions: 'Lead.', parallel: 4, limits });
  return { run: () => runAgent(lead, 'How is it?', scene), scene, models, look, underway };
}

describe('A supervisor', () => {
  it('delegates to three agents at once, each of which does its own work, told below its delegation', async () => {
    const { run, scene, models, underway } = supervised();
    expect(await run()).toMatchObject({ answer: 'All told.', calls: 3 });
    expect(underway.most).toBe(3);
    expect(models.asked).toHaveLength(2 + 3 * 2);
    expect(scene.journal.told()).toMatchObject({
      'm1/t1': 'delegation delegate_to_north succeeded',
      'm1/t2': 'delegation delegate_to_south succeeded',
      'm1/t3': 'delegation delegate_to_east succeeded',
      'm1/t2/m1': 'model scripted succeeded',
      'm1/t2/m1/t1': 'tool look succeeded',
      'm1/t2/m2': 'model scripted succeeded',
    });
    const tokens = scene.journal.all().reduce((sum, { tokens: own }) => sum + (own ? own.input + own.output : 0), 0);
    expect(scene.spending.taken().tokens).toBe(tokens);
  });

  it('goes on with what the others found where a failure is to be told', async () => {
    const { run, scene, models } = supervised({ fails: true });
    expect(await run()).toMatchObject({ answer: 'All told.' });
    expect(scene.journal.told()).toMatchObject({ 'm1/t2': expect.stringContaining('failed') });
    expect(models.asked.at(-1)?.messages.map(({ content }) => content)).toContain(
      '{"error":"UNAVAILABLE: The model is away."}',
    );
  });

  it('fails with an agent whose failure is to fail it, and says which', async () => {
    const { run } = supervised({ fails: true, onError: 'fail' });
    await expect(run()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: 'The agent “south” failed: The model is away.',
    });
  });

  it('makes no more delegations than it may', async () => {
    const { run, look } = supervised({ limits: { ...LIMITS, maxToolCalls: 2 } });
    await expect(run()).rejects.toMatchObject({
      code: 'AGENT_LIMIT',
      details: { extensions: { limit: 'maxToolCalls' } },
    });
    expect(look.calls.length).toBeLessThanOrEqual(2);
  });

  it('asks nobody twice when it is run again after a crash', async () => {
    const journal = new MemoryJournal();
    let writes = 14;
    journal.dies = () => {
      if (writes-- <= 0) throw new Error('killed');
    };
    const first = supervised({ journal });
    await expect(first.run()).rejects.toThrow('killed');
    journal.dies = () => undefined;
    const done = journal.all().filter(({ kind, state }) => kind === 'model' && state === 'succeeded').length;
    const second = supervised({ journal });
    expect(await second.run()).toMatchObject({ answer: 'All told.' });
    expect(second.models.asked).toHaveLength(8 - done);
    expect(second.models).toBeInstanceOf(ModelCalls);
  });
});
