import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';

/** Stands before an authorization server and remembers every token that it gives. */
export class TokenRecorder {
  readonly tokens: { kind: string; token: string }[] = [];
  /** Where the server itself is. */
  target = '';
  private readonly server = createServer((request, response) => void this.relay(request, response));

  static async start(): Promise<TokenRecorder> {
    const recorder = new TokenRecorder();
    recorder.server.listen(0, '127.0.0.1');
    await once(recorder.server, 'listening');
    return recorder;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async relay(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, headers, url = '/' } = request;
    const onward = ask(new URL(url, this.target), { method, headers });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
    const [reply] = (await once(onward, 'response')) as [IncomingMessage];
    const body = await buffer(reply);
    this.note(body.toString());
    response.writeHead(reply.statusCode ?? 502, reply.headers).end(body);
  }

  private note(text: string): void {
    for (const [, kind = '', token = ''] of text.matchAll(/"(access_token|refresh_token|id_token)":"([^"]+)"/g)) {
      this.tokens.push({ kind, token });
    }
  }
}
