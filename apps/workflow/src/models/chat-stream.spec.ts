import fc from 'fast-check';
import { chatReply } from './chat-format';
import { streamedReply } from './chat-stream';

const chunk = (value: object) => `data: ${JSON.stringify(value)}\n\n`;
const said = (content: string) => chunk({ choices: [{ delta: { content } }] });
const call = (index: number, piece: object) => chunk({ choices: [{ delta: { tool_calls: [{ index, ...piece }] } }] });
const END = chunk({ choices: [{ delta: {}, finish_reason: 'stop' }] });
const USAGE = chunk({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 3 } });

/** An answer whose bytes come cut at these places. */
function response(text: string, cuts: readonly number[] = []): Response {
  const bytes = new TextEncoder().encode(text);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return new Response(
    new ReadableStream<Uint8Array>({
      start(controller) {
        places.slice(1).forEach((end, index) => controller.enqueue(bytes.slice(places[index], end)));
        controller.close();
      },
    }),
  );
}

describe('A streamed answer of a model', () => {
  it('is heard in its pieces and comes to the same, wherever its bytes are cut', async () => {
    const text = `${said('Zürich ')}: a comment\n\n${said('schläft.')}${END}${USAGE}data: [DONE]\n\n`;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(1_000), { maxLength: 6 }), async (cuts) => {
        const heard: string[] = [];
        const reply = chatReply(await streamedReply(response(text, cuts), (piece) => heard.push(piece)));
        expect(heard).toEqual(['Zürich ', 'schläft.']);
        expect(reply).toEqual({ text: 'Zürich schläft.', toolCalls: [], tokens: { input: 7, output: 3 } });
      }),
    );
  });

  it('puts calls together whose arguments come in pieces beside each other', async () => {
    const text = [
      call(0, { id: 'a', function: { name: 'one', arguments: '{"n"' } }),
      call(1, { id: 'b', function: { name: 'two', arguments: '{}' } }),
      call(0, { function: { arguments: ':1}' } }),
      END,
    ].join('');
    const { toolCalls } = chatReply(await streamedReply(response(text), () => undefined));
    expect(toolCalls).toEqual([
      { id: 'a', name: 'one', arguments: { n: 1 } },
      { id: 'b', name: 'two', arguments: {} },
    ]);
  });

  it.each([
    ['has no end', said('Half of')],
    ['tells an error', said('Half of') + chunk({ error: { message: 'Overloaded' } })],
    ['holds what is no JSON', `${said('Half of')}data: {oops\n\n${END}`],
  ])('is none where it %s', async (_case, text) => {
    await expect(streamedReply(response(text), () => undefined)).rejects.toMatchObject({ code: 'MODEL_FAILED' });
  });
});
