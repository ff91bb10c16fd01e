import type { AgentCalls } from '../kit/agent-calls';
import { conformance } from '../kit/conformance';
import { actionContext } from '../testing/action-context';
import { aiAgent } from './ai-agent.definition';
import { aiAgentStep } from './ai-agent.step';

conformance('ai.agent', { folder: __dirname });

describe('ai.agent', () => {
  const reply = { answer: 'Yes.', steps: 2, calls: 1, tokens: 90, removedLinks: [] };
  const config = (more: object) => aiAgent.config.parse({ model: 'm', question: 'Well?', ...more });
  const problems = (more: object, kinds = {}) =>
    aiAgent.check(config(more), { inputs: {}, kinds, parameters: [], known: undefined }).map(({ path }) => path);

  it('says what it lacks: a question or a value, names of its own for its tools, a schema that is one', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ question: undefined })).toEqual(['question']);
    expect(problems({ question: undefined }, { in: 'value' })).toEqual([]);
    expect(problems({ question: '{{ parameters.gone }}' })).toEqual(['question']);
    expect(problems({ tools: [{ name: 'a' }, { name: 'a' }] })).toEqual(['tools.1.name']);
    expect(problems({ tools: [{ kind: 'http', name: 'a' }] })).toEqual(['tools.0.url']);
    expect(problems({ tools: [{ kind: 'search', name: 'a', database: 'D', schema: 'S' }] })).toEqual([
      'tools.0.source',
    ]);
    expect(problems({ tools: [{ kind: 'workflow', name: 'a' }] })).toEqual(['tools.0.workflowId']);
    expect(problems({ responseSchema: '[1]' })).toEqual(['responseSchema']);
  });

  it('asks its agent with its texts filled in, and gives what it answered', async () => {
    const ask = jest.fn<ReturnType<AgentCalls['ask']>, Parameters<AgentCalls['ask']>>().mockResolvedValue(reply);
    const given = config({ question: 'About {{ parameters.p }}?', instructions: 'For {{ parameters.p }}.' });
    const result = await aiAgentStep.run(given, actionContext({ agents: ask, values: { p: 'tea' } }));
    expect(result).toEqual({ value: { answer: 'Yes.', steps: 2, calls: 1, tokens: 90 } });
    const [setup, asked] = ask.mock.calls[0] ?? [];
    expect(setup).toMatchObject({ model: 'm', instructions: 'For tea.', maxSteps: 10, maxToolCalls: 20 });
    expect(asked).toEqual({ question: 'About tea?', holdsData: false });
  });

  it('takes whatever an earlier node gave for data', async () => {
    const ask = jest.fn<ReturnType<AgentCalls['ask']>, Parameters<AgentCalls['ask']>>().mockResolvedValue(reply);
    await aiAgentStep.run(config({ question: undefined }), actionContext({ agents: ask, input: { id: 7 } }));
    await aiAgentStep.run(config({ question: 'Well{{ nodes.a.x }}?' }), actionContext({ agents: ask }));
    expect(ask.mock.calls.map(([, asked]) => asked)).toEqual([
      { question: '{"id":7}', holdsData: true },
      { question: 'Well?', holdsData: true },
    ]);
  });
});
