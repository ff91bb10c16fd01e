import { request as forward, type IncomingMessage, type ServerResponse } from 'node:http';

/** What an authorization server is asked for by browsers and clients. */
const PATHS = /^\/(?:oauth|interaction)(?:\/|$)/;

/**
 * Snowflake's OAuth pages stand on the account's own host. The warehouse has none of its own: where an authorization server is named,
 * it passes these requests on, so that browsers and clients see one origin.
 */
export class OauthProxy {
  private readonly target: URL | undefined;

  constructor(target: string) {
    this.target = target === '' ? undefined : new URL(target);
  }

  /** Answers false for what is not its own. */
  pass(request: IncomingMessage, response: ServerResponse): boolean {
    const path = request.url ?? '/';
    if (!PATHS.test(path) || !this.target) return false;
    const { hostname, port } = this.target;
    const onward = forward({ hostname, port, path, method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end('The authorization server does not answer.');
    });
    request.pipe(onward);
    return true;
  }
}
