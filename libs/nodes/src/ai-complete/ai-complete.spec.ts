import { conformance } from '../kit/conformance';
import type { ModelRequest } from '../kit/model-calls';
import { actionContext } from '../testing/action-context';
import { aiComplete } from './ai-complete.definition';
import { aiCompleteStep } from './ai-complete.step';

conformance('ai.complete', { folder: __dirname });

describe('ai.complete', () => {
  const schema = '{ "type": "object", "properties": { "n": { "type": "integer" } }, "required": ["n"] }';
  const run = async (config: object, answers: string[], given: Parameters<typeof actionContext>[0] = {}) => {
    const asked: ModelRequest[] = [];
    const result = aiCompleteStep.run(
      aiComplete.config.parse({ model: 'm', prompt: 'How many?', ...config }),
      actionContext({
        ...given,
        chat: async (request) => {
          asked.push(request);
          return { text: answers[asked.length - 1] ?? '', toolCalls: [], tokens: { input: 5, output: 2 } };
        },
      }),
    );
    return { result: await Promise.resolve(result).catch((error: unknown) => error), asked };
  };

  it('asks once, with its templates filled in', async () => {
    const config = {
      system: 'Be {{ parameters.tone }}.',
      prompt: 'About {{ value.topic }}',
      temperature: 0,
      maxTokens: 9,
    };
    const given = { input: { topic: 'snow' }, values: { tone: 'short' } };
    expect(await run(config, ['It is cold.'], given)).toEqual({
      result: { value: { answer: 'It is cold.', model: 'm', inputTokens: 5, outputTokens: 2 } },
      asked: [
        {
          model: 'm',
          messages: [
            { role: 'system', content: 'Be short.' },
            { role: 'user', content: 'About snow' },
          ],
          temperature: 0,
          maxTokens: 9,
        },
      ],
    });
  });

  it.each([['{"n": 3}'], ['```json\n{"n": 3}\n```']])(
    'gives an answer of a form as the object that it is: %s',
    async (text) => {
      const { result } = await run({ responseSchema: schema }, [text]);
      expect(result).toMatchObject({ value: { answer: { n: 3 } } });
    },
  );

  it('lets the model mend an answer once, and counts both', async () => {
    const { result, asked } = await run({ responseSchema: schema }, ['three', '{"n": 3}']);
    expect(result).toMatchObject({ value: { answer: { n: 3 }, inputTokens: 10, outputTokens: 4 } });
    expect(asked[1]?.messages.slice(1)).toMatchObject([
      { role: 'assistant', content: 'three' },
      { role: 'user', content: expect.stringContaining('It is no JSON') as string },
    ]);
  });

  it('fails where the second answer has another form, too', async () => {
    const { result, asked } = await run({ responseSchema: schema }, ['{"n": "x"}', '{"n": "y"}', '{"n": 3}']);
    expect(result).toMatchObject({ code: 'MODEL_FAILED', message: expect.stringContaining('n: ') as string });
    expect(asked).toHaveLength(2);
  });

  it.each(['no', '[]', '{ "type": "string" }', '{ "type": "object", "properties": { "a": { "type": "nope" } } }'])(
    'has a problem with the form %s',
    (responseSchema) => {
      const config = aiComplete.config.parse({ model: 'm', prompt: 'x', responseSchema });
      const context = { inputs: {}, kinds: {}, parameters: [], known: undefined };
      expect(aiComplete.check(config, context)).toMatchObject([{ code: 'INVALID_CONFIG', path: 'responseSchema' }]);
    },
  );
});
