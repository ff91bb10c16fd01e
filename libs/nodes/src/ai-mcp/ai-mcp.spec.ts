import { conformance } from '../kit/conformance';
import type { McpServer } from '../kit/outside-calls';
import type { StepValue } from '../kit/step-value';
import { actionContext } from '../testing/action-context';
import { aiMcp } from './ai-mcp.definition';
import { aiMcpStep } from './ai-mcp.step';

conformance('ai.mcp', { folder: __dirname });

describe('ai.mcp', () => {
  const tool = (more: object = {}) =>
    aiMcp.config.parse({ server: 'https://mcp.example.com/mcp', tool: 'search', ...more });
  const call = async (config: ReturnType<typeof tool>, input?: StepValue) => {
    const calls: [McpServer, string, object][] = [];
    const callTool = async (server: McpServer, name: string, given: object) => {
      calls.push([server, name, given]);
      return { found: 3 };
    };
    const reached = input === undefined ? {} : { input };
    const result = await aiMcpStep.run(config, actionContext({ ...reached, outside: { callTool } }));
    return { calls, result };
  };

  it('calls the tool with its arguments filled in and gives what came back', async () => {
    const config = tool({ arguments: '{ "query": "{{ value.q }}", "most": {{ value.most }} }', timeoutMs: 1_000 });
    const { calls, result } = await call(config, { q: 'a "b"', most: 5 });
    const server = { url: 'https://mcp.example.com/mcp', timeoutMs: 1_000, carries: ['value.q', 'value.most'] };
    expect(calls).toEqual([[server, 'search', { query: 'a "b"', most: 5 }]]);
    expect(result).toEqual({ value: { result: { found: 3 } } });
  });

  it('gives no arguments where none are written', async () => {
    expect((await call(tool())).calls[0]?.[2]).toEqual({});
  });

  const problems = (more: object) =>
    aiMcp.check(tool(more), { inputs: {}, kinds: {}, known: undefined, parameters: [] });

  it.each(['https://mcp.example.com/{{ value }}', 'mcp.example.com', 'ftp://mcp.example.com'])(
    'has a problem at the server %s',
    (server) => expect(problems({ server })).toMatchObject([{ severity: 'error', path: 'server' }]),
  );

  it.each(['[1]', '{{ value }}', 'query', '"text"'])('has a problem at the arguments %s', (given) => {
    expect(problems({ arguments: given })).toMatchObject([{ code: 'INVALID_CONFIG', path: 'arguments' }]);
  });

  it('says what it sends where, for the tenant to decide', () => {
    const config = tool({ arguments: '{ "q": {{ nodes.ask.answer }} }', credentialId: 'ocr_0000000000000000000000' });
    expect(aiMcp.leaves?.(config)).toEqual([
      {
        path: 'server',
        url: 'https://mcp.example.com/mcp',
        method: 'POST',
        carries: ['nodes.ask.answer'],
        credentialId: 'ocr_0000000000000000000000',
      },
    ]);
  });
});
