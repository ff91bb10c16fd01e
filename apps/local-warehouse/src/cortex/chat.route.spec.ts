import fc from 'fast-check';
import { z } from 'zod';
import { completeChat } from './chat.route';
import { schemaInstance } from './schema-instance';

const tool = (name: string, description: string) => ({
  type: 'function',
  function: {
    name,
    description,
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, days: { type: 'integer' } },
      required: ['city', 'days'],
    },
  },
});
const ask = (content: string, more: object = {}) =>
  completeChat({
    url: new URL('http://warehouse'),
    token: undefined,
    role: undefined,
    origin: '',
    body: { model: 'llama3.3-70b', messages: [{ role: 'user', content }], ...more },
  });

describe('A simulated model', () => {
  it('says that no model answers, and counts tokens', () => {
    expect(ask('Who are you?')).toMatchObject({
      body: {
        choices: [{ message: { content: '[simulated by the local warehouse] The question was: Who are you?' } }],
        usage: { prompt_tokens: 3 },
      },
    });
  });

  it('calls a tool whose words the question has, with arguments out of it', () => {
    const tools = [tool('clock', 'Tells the time'), tool('forecast', 'The weather of a city')];
    expect(ask('What is the weather in "Bern" for 3 days?', { tools })).toMatchObject({
      body: {
        choices: [
          {
            finish_reason: 'tool_calls',
            message: { tool_calls: [{ function: { name: 'forecast', arguments: '{"city":"Bern","days":3}' } }] },
          },
        ],
      },
    });
  });

  it('answers with what the tools gave, and calls none again', () => {
    const messages = [
      { role: 'user', content: 'The weather?' },
      { role: 'assistant', content: '' },
      { role: 'tool', tool_call_id: 'c', content: 'sunny' },
    ];
    expect(ask('', { messages, tools: [tool('forecast', 'The weather')] })).toMatchObject({
      body: {
        choices: [{ message: { content: '[simulated by the local warehouse] The tools answered: sunny' } }],
      },
    });
  });

  it('answers word by word where that is asked', () => {
    const reply = ask('Hi', { stream: true });
    const events = 'events' in reply ? reply.events : [];
    const words = events
      .slice(0, -2)
      .map((event) => (JSON.parse(event) as { choices: [{ delta: { content: string } }] }).choices[0].delta.content);
    expect(words.join('')).toBe('[simulated by the local warehouse] The question was: Hi');
    expect(events.at(-1)).toBe('[DONE]');
  });

  it('that nobody has is refused', () => {
    expect(() => ask('Hi', { model: 'gpt-0' })).toThrow('unknown model "gpt-0"');
  });

  it('fills a schema so that the answer is valid', () => {
    const leaf = fc.oneof(
      fc.constant({ type: 'boolean' }),
      fc.constant({ type: 'null' }),
      fc.nat(9).map((minLength) => ({ type: 'string', minLength, maxLength: minLength + 3 })),
      fc.integer().map((minimum) => ({ type: 'integer', minimum })),
      fc.constant({ enum: ['high', 'low'] }),
    );
    const { schema } = fc.letrec<{ schema: Record<string, unknown> }>((tie) => ({
      schema: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.tuple(tie('schema'), fc.nat(3)).map(([items, minItems]) => ({ type: 'array', items, minItems })),
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('schema'), { noNullPrototype: true }).map((properties) => ({
          type: 'object',
          properties,
          required: Object.keys(properties),
          additionalProperties: false,
        })),
      ),
    }));
    fc.assert(
      fc.property(schema, fc.string(), (one, words) => {
        expect(z.fromJSONSchema(one).safeParse(schemaInstance(one, words)).success).toBe(true);
      }),
    );
  });
});
