/** A program that calls published workflows with an API key. */
export class PublishedCaller {
  constructor(
    private readonly gatewayUrl: string,
    readonly key: string,
  ) {}

  async call(slug: string, parameters: object = {}, headers: Record<string, string> = {}): Promise<Answered> {
    const response = await fetch(this.urlOf(slug), {
      method: 'POST',
      headers: { 'x-api-key': this.key, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ parameters }),
    });
    return answeredOf(response);
  }

  async get(path: string): Promise<Answered> {
    const url = path.startsWith('/api') ? `${this.gatewayUrl}${path}` : this.urlOf(path);
    return answeredOf(await fetch(url, { headers: { 'x-api-key': this.key } }));
  }

  private urlOf(path: string): string {
    return `${this.gatewayUrl}/api/v1/published/${path}`;
  }
}

interface Answered {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

async function answeredOf(response: Response): Promise<Answered> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const body = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, headers: response.headers, text, body };
}
