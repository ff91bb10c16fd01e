import { AppError } from '@snowflow/contracts/errors/app-error';
import fc from 'fast-check';
import { runFlow } from '../compile/compile-flow';
import { agentOf, MemoryJournal, sceneOf, ScriptedModels, toolOf } from '../fixtures/scripted-agents';
import { StepPaused } from '../run/step-paused';
import { runAgent } from './run-agent';

const call = (name: string, given = {}) => [{ name, arguments: given }];
const contents = (models: ScriptedModels) => models.asked.at(-1)?.messages.map(({ content }) => content) ?? [];

describe('An agent', () => {
  it('calls what its model asks for, tells it the result, and answers', async () => {
    const look = toolOf('look', { call: async () => ({ rows: [[1]] }) });
    const models = new ScriptedModels((_asked, turn) => (turn === 1 ? call('look', { at: 'x' }) : 'One row.'));
    const scene = sceneOf(models);
    expect(await runAgent(agentOf([look]), 'How many?', scene)).toMatchObject({
      answer: 'One row.',
      steps: 2,
      calls: 1,
    });
    expect(look.calls).toEqual([{ at: 'x' }]);
    expect(contents(models)).toContain('{"result":{"rows":[[1]]}}');
    expect(scene.journal.told()).toEqual({
      m1: 'model scripted succeeded',
      'm1/t1': 'tool look succeeded',
      m2: 'model scripted succeeded',
    });
  });

  it('does not call a tool with arguments its schema refuses, nor one that is not there, and tells the model', async () => {
    const schema = {
      type: 'object',
      properties: { n: { type: 'number' } },
      required: ['n'],
      additionalProperties: false,
    };
    const count = toolOf('count', { parameters: schema });
    const models = new ScriptedModels((_asked, turn) =>
      turn === 1 ? [...call('count', { n: 'one' }), ...call('drop_table')] : 'Sorry.',
    );
    const scene = sceneOf(models);
    await runAgent(agentOf([count]), 'Count', scene);
    expect(count.calls).toEqual([]);
    expect(contents(models)).toEqual(
      expect.arrayContaining([
        '{"error":"Wrong arguments: n must be number."}',
        '{"error":"There is no tool “drop_table”."}',
      ]),
    );
    expect(scene.journal.told()).toMatchObject({ 'm1/t1': 'tool count refused', 'm1/t2': 'tool unknown refused' });
  });

  it('hears of a tool that fails, and fails itself where the budget of the run is over', async () => {
    const failing = (code: 'SQL_FAILED' | 'BUDGET_EXCEEDED') =>
      toolOf('sql', { call: () => Promise.reject(new AppError(code, 'No such column.')) });
    const models = new ScriptedModels((_asked, turn) => (turn === 1 ? call('sql') : 'It failed.'));
    expect(await runAgent(agentOf([failing('SQL_FAILED')]), 'Go', sceneOf(models))).toMatchObject({
      answer: 'It failed.',
    });
    expect(contents(models)).toContain('{"error":"SQL_FAILED: No such column."}');
    const over = runAgent(agentOf([failing('BUDGET_EXCEEDED')]), 'Go', sceneOf(models));
    await expect(over).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
  });

  it('asks a person before a tool that takes a decision, and does what was decided', async () => {
    for (const decision of ['approve', 'reject'] as const) {
      const send = toolOf('send', { needsApproval: true, repeatable: false });
      const beside = toolOf('beside');
      const models = new ScriptedModels((_asked, turn) =>
        turn === 1 ? [...call('send', { to: 'x' }), ...call('beside')] : 'Done.',
      );
      const scene = sceneOf(models);
      await expect(runAgent(agentOf([send, beside]), 'Send', scene)).rejects.toBeInstanceOf(StepPaused);
      expect(scene.approvals.asked.get('m1/t1')).toMatchObject({ tool: 'send', input: { to: 'x' } });
      expect([send.calls.length, beside.calls.length]).toEqual([0, 1]);
      scene.approvals.decisions.set('m1/t1', decision);
      const again = sceneOf(models, { journal: scene.journal, approvals: scene.approvals });
      expect(await runAgent(agentOf([send, beside]), 'Send', again)).toMatchObject({ answer: 'Done.' });
      expect([send.calls.length, beside.calls.length]).toEqual([decision === 'approve' ? 1 : 0, 1]);
      expect(scene.journal.told()['m1/t1']).toBe(`tool send ${decision === 'approve' ? 'succeeded' : 'refused'}`);
      expect(models.asked).toHaveLength(2);
    }
  });

  it('never does twice what was done, wherever its worker dies', async () => {
    const plans = fc.array(fc.array(fc.constantFrom('read', 'post'), { minLength: 1, maxLength: 3 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(plans, fc.array(fc.nat(12), { maxLength: 4 }), async (plan, deaths) => {
        const read = toolOf('read', { reads: true });
        const post = toolOf('post', { repeatable: false });
        const models = new ScriptedModels((_asked, turn) => plan[turn - 1]?.flatMap((name) => call(name)) ?? 'End.');
        const journal = new MemoryJournal();
        const execute = () => runAgent(agentOf([read, post]), 'Go', sceneOf(models, { journal }));
        for (const after of deaths) {
          let writes = after;
          journal.dies = () => {
            if (writes-- <= 0) throw new Error('killed');
          };
          await execute().catch((error: unknown) => expect(error).toMatchObject({ message: 'killed' }));
        }
        journal.dies = () => undefined;
        expect(await execute()).toMatchObject({ answer: 'End.' });
        const posts = plan.flat().filter((name) => name === 'post').length;
        expect(post.calls.length).toBeLessThanOrEqual(posts);
        expect(read.calls.length).toBeLessThanOrEqual(plan.flat().length - posts + deaths.length);
        expect(models.asked.length).toBeLessThanOrEqual(plan.length + 1 + deaths.length);
        const asked = models.asked.length;
        await execute();
        expect(models.asked).toHaveLength(asked);
      }),
      { numRuns: 60 },
    );
  });

  it('answers in the form that was asked for, and fails where it can’t', async () => {
    const responseSchema = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] };
    const agent = agentOf([], { responseSchema });
    const second = new ScriptedModels((_asked, turn) => (turn === 1 ? 'Seven' : '```json\n{"n":7}\n```'));
    expect(await runAgent(agent, 'How many?', sceneOf(second))).toMatchObject({ answer: { n: 7 }, steps: 2 });
    const never = runAgent(agent, 'How many?', sceneOf(new ScriptedModels(() => '{"n":"seven"}')));
    await expect(never).rejects.toMatchObject({
      code: 'AGENT_ANSWER_INVALID',
      message: expect.stringContaining('n must be number'),
    });
  });

  it('does not speak of what is blocked, in a question or in an answer', async () => {
    const agent = agentOf([], { blockedTopics: ['merger plans'] });
    const models = new ScriptedModels(() => 'The Merger  Plans are these.');
    await expect(runAgent(agent, 'Any merger plans?', sceneOf(models))).rejects.toMatchObject({
      code: 'AGENT_BLOCKED',
    });
    expect(models.asked).toHaveLength(0);
    const scene = sceneOf(models);
    await expect(runAgent(agent, 'Hello', scene)).rejects.toMatchObject({ code: 'AGENT_BLOCKED' });
    expect(scene.journal.told()).toMatchObject({ 'm1/topic': 'guard blocked topic refused' });
  });

  it('runs inside of a run’s own graph as in none', async () => {
    const look = toolOf('look');
    const handler = async () => {
      const models = new ScriptedModels((_asked, turn) => (turn === 1 ? call('look') : 'Seen.'));
      return { value: (await runAgent(agentOf([look]), 'Look', sceneOf(models))).answer };
    };
    const steps = ['a', 'b', 'c'].map((id) => ({ id, dependsOn: id === 'c' ? ['a', 'b'] : [] }));
    const result = await runFlow({ steps }, { handler });
    expect(result).toMatchObject({ state: 'succeeded', outcomes: { a: { value: 'Seen.' }, c: { value: 'Seen.' } } });
  });
});
