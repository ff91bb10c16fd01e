import fc from 'fast-check';
import { agentOf, LIMITS, sceneOf, ScriptedModels, toolOf } from '../fixtures/scripted-agents';
import { AgentSpending } from './agent-spending';
import { runAgent } from './run-agent';

const endless = () =>
  new ScriptedModels(() => [
    { name: 'look', arguments: {} },
    { name: 'look', arguments: {} },
  ]);

describe('The limits of an agent', () => {
  it('are never passed, whatever its model asks for, and the first that is reached is named', async () => {
    const limits = fc.record({
      maxSteps: fc.integer({ min: 1, max: 12 }),
      maxToolCalls: fc.integer({ min: 0, max: 20 }),
      maxTokens: fc.integer({ min: 1, max: 20_000 }),
      maxSeconds: fc.constant(600),
    });
    await fc.assert(
      fc.asyncProperty(limits, async (given) => {
        const [models, look] = [endless(), toolOf('look')];
        const scene = sceneOf(models, { limits: given });
        const failure: unknown = await runAgent(agentOf([look], { limits: given }), 'Go', scene).catch(
          (e: unknown) => e,
        );
        expect(failure).toMatchObject({ code: 'AGENT_LIMIT' });
        const { limit } = (failure as { details: { extensions: { limit: keyof typeof LIMITS } } }).details.extensions;
        const taken = {
          maxSteps: models.asked.length,
          maxToolCalls: look.calls.length,
          maxTokens: scene.spending.taken().tokens,
        };
        expect(taken.maxSteps).toBeLessThanOrEqual(given.maxSteps);
        expect(taken.maxToolCalls).toBeLessThanOrEqual(given.maxToolCalls);
        expect(taken.maxTokens).toBeLessThanOrEqual(given.maxTokens);
        if (limit === 'maxSteps' || limit === 'maxToolCalls') expect(taken[limit]).toBe(given[limit]);
        expect((failure as Error).message).toContain(limit);
      }),
      { numRuns: 80 },
    );
  });

  it('end a call that takes too long, and count what earlier workers took', async () => {
    const hangs = toolOf('look', {
      call: (_input, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
    });
    const limits = { ...LIMITS, maxSeconds: 10 };
    const spending = new AgentSpending('The agent', limits, { now: () => Date.now(), earlierMs: 7_000 });
    const run = runAgent(agentOf([hangs], { limits }), 'Go', sceneOf(endless(), { spending }));
    await expect(run).rejects.toMatchObject({ code: 'AGENT_LIMIT', details: { extensions: { limit: 'maxSeconds' } } });
    expect(hangs.calls).toHaveLength(1);
  });

  it('hold for all agents below together', () => {
    const time = { now: () => 0, earlierMs: 0 };
    const above = new AgentSpending('The supervisor', { ...LIMITS, maxTokens: 1_000 }, time);
    const [one, other] = ['one', 'other'].map((name) => new AgentSpending(name, LIMITS, time, above));
    expect(one?.beforeStep(100, 500)).toBe(500);
    expect(other?.beforeStep(100, 500)).toBe(300);
    expect(() => above.beforeStep(10, 100)).toThrow('maxTokens');
    one?.afterStep(600, 120);
    expect(above.beforeStep(10, 100)).toBe(100);
  });
});
