import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A turn as chat completions have it, as far as scripts look. */
interface ChatTurn {
  role: string;
  content: string | null;
  tool_call_id?: string;
}

/** What a scripted model was asked. */
export interface AskedModel {
  model: string;
  messages: ChatTurn[];
  tools?: { function: { name: string; parameters?: object } }[];
  stream?: boolean;
  max_tokens?: number;
}

const USAGE = { prompt_tokens: 20, completion_tokens: 10, total_tokens: 30 };

/** What it says: a text, calls of tools, or nothing until the script goes on. */
export type ScriptedReply = string | { name: string; arguments: object }[];

/** An OpenAI-compatible endpoint on loopback whose models say what a script says, for specs that need exact answers. */
export class ScriptedModelServer {
  readonly asked: AskedModel[] = [];
  /** By what was asked, and how often its model has spoken in that conversation. */
  script: (asked: AskedModel, turn: number) => ScriptedReply | Promise<ScriptedReply> = () => 'Nothing.';
  /** A streamed answer goes on with its next word after this. */
  betweenWords: (word: string) => Promise<void> = () => Promise.resolve();
  private calls = 0;
  private readonly server = createServer(async (request, response) => {
    const asked = (await json(request)) as AskedModel;
    this.asked.push(asked);
    const said = await this.script(asked, asked.messages.filter(({ role }) => role === 'assistant').length + 1);
    if (asked.stream) return this.stream(response, said);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(this.completion(asked, said)));
  });

  static async start(): Promise<ScriptedModelServer> {
    const server = new ScriptedModelServer();
    server.server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return server;
  }

  /** The base of the endpoint. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** A text word by word, each after `betweenWords`; calls in two pieces of their arguments. */
  private async stream(response: ServerResponse, said: ScriptedReply): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (chunk: object) => response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    const delta = (piece: object) => send({ choices: [{ index: 0, delta: piece, finish_reason: null }] });
    if (typeof said === 'string') {
      for (const word of said.match(/\S+\s*/g) ?? []) {
        delta({ content: word });
        await this.betweenWords(word);
      }
    } else {
      for (const [index, { name, arguments: given }] of said.entries()) {
        const text = JSON.stringify(given);
        delta({ tool_calls: [{ index, id: `call_${++this.calls}`, function: { name, arguments: text.slice(0, 3) } }] });
        delta({ tool_calls: [{ index, function: { arguments: text.slice(3) } }] });
      }
    }
    send({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    send({ choices: [], usage: USAGE });
    response.end('data: [DONE]\n\n');
  }

  private completion({ model }: AskedModel, said: ScriptedReply): object {
    const message =
      typeof said === 'string'
        ? { role: 'assistant', content: said }
        : {
            role: 'assistant',
            content: null,
            tool_calls: said.map(({ name, arguments: given }) => ({
              id: `call_${++this.calls}`,
              type: 'function',
              function: { name, arguments: JSON.stringify(given) },
            })),
          };
    const finish = typeof said === 'string' ? 'stop' : 'tool_calls';
    return {
      id: 'c',
      object: 'chat.completion',
      model,
      choices: [{ index: 0, message, finish_reason: finish }],
      usage: USAGE,
    };
  }
}
