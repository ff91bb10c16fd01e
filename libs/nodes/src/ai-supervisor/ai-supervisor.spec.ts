import type { AgentCalls } from '../kit/agent-calls';
import { conformance } from '../kit/conformance';
import { actionContext } from '../testing/action-context';
import { aiSupervisor } from './ai-supervisor.definition';
import { aiSupervisorStep } from './ai-supervisor.step';

conformance('ai.supervisor', { folder: __dirname });

describe('ai.supervisor', () => {
  const agent = (name: string) => ({ name, description: `Is ${name}`, model: 'm' });
  const config = (...names: string[]) =>
    aiSupervisor.config.parse({ model: 'm', question: 'Well?', agents: names.map(agent), maxDelegations: 3 });

  it('wants names of their own for its agents', () => {
    const context = { inputs: {}, kinds: {}, parameters: [], known: undefined };
    expect(aiSupervisor.check(config('a', 'b'), context)).toEqual([]);
    expect(aiSupervisor.check(config('a', 'b', 'a'), context)).toEqual([
      expect.objectContaining({ code: 'INVALID_CONFIG', path: 'agents.2.name' }),
    ]);
  });

  it('asks an agent without tools whose delegates are its agents', async () => {
    const reply = { answer: 'Both.', steps: 2, calls: 2, tokens: 90, removedLinks: [] };
    const ask = jest.fn<ReturnType<AgentCalls['ask']>, Parameters<AgentCalls['ask']>>().mockResolvedValue(reply);
    expect(await aiSupervisorStep.run(config('a', 'b'), actionContext({ agents: ask }))).toMatchObject({
      value: { answer: 'Both.', calls: 2 },
    });
    const [setup, , delegates] = ask.mock.calls[0] ?? [];
    expect(setup).toMatchObject({ tools: [], maxToolCalls: 3 });
    expect(delegates).toMatchObject([
      { name: 'a', description: 'Is a', onError: 'tell', maxSteps: 8 },
      { name: 'b', description: 'Is b' },
    ]);
  });
});
