/** @jest-environment node */
import type { RunEvent } from '../../api/types';
import { followRun } from './follow-run';

const text = (seq: number, type: string) =>
  `id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify({ seq, at: '', runId: 'run_1' })}\n\n`;

/** A server that answers each request with the next of these streams. */
function server(...answers: (string[] | number | 'refused')[]) {
  const requests: (string | null)[] = [];
  const fetch = (request: Request): Promise<Response> => {
    requests.push(request.headers.get('last-event-id'));
    const answer = answers.shift();
    if (answer === undefined || answer === 'refused') return Promise.reject(new TypeError('fetch failed'));
    if (typeof answer === 'number') return Promise.resolve(new Response(null, { status: answer }));
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of answer) controller.enqueue(new TextEncoder().encode(chunk));
        controller.close();
      },
    });
    return Promise.resolve(new Response(body));
  };
  return { fetch, requests };
}

async function follow(fetch: (request: Request) => Promise<Response>) {
  const events: RunEvent[] = [];
  const connection: string[] = [];
  const waits: number[] = [];
  const spoken: string[] = [];
  const outcome = await followRun({
    url: 'http://localhost/events',
    fetch,
    onEvent: (event) => events.push(event),
    onSpoken: (nodeId, said) => spoken.push(`${nodeId}: ${said}`),
    onConnection: (state) => connection.push(state),
    signal: new AbortController().signal,
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  return { outcome, seen: events.map(({ data, type }) => `${data.seq} ${type}`), connection, waits, spoken };
}

describe('followRun', () => {
  it('reads events to the last one, however they are cut into chunks', async () => {
    const whole = text(1, 'run.started') + ': heartbeat\n\n' + text(2, 'run.succeeded');
    const { fetch } = server([whole.slice(0, 30), whole.slice(30, 75), whole.slice(75)]);
    expect(await follow(fetch)).toEqual({
      outcome: 'ended',
      seen: ['1 run.started', '2 run.succeeded'],
      connection: ['open'],
      waits: [],
      spoken: [],
    });
  });

  it('hears what agents say, which is no event of the run', async () => {
    const said = 'event: node.text\ndata: {"nodeId":"ask","text":"So far"}\n\n';
    const { fetch } = server([text(1, 'run.started') + said + text(2, 'run.succeeded')]);
    const { seen, spoken } = await follow(fetch);
    expect(seen).toEqual(['1 run.started', '2 run.succeeded']);
    expect(spoken).toEqual(['ask: So far']);
  });

  it('goes on after the last event it has seen when the connection breaks', async () => {
    const { fetch, requests } = server([text(1, 'run.started'), text(2, 'node.running')], 'refused', 503, [
      text(3, 'node.succeeded'),
      text(4, 'run.failed'),
    ]);
    const { outcome, seen, connection, waits } = await follow(fetch);
    expect(outcome).toBe('ended');
    expect(seen).toEqual(['1 run.started', '2 node.running', '3 node.succeeded', '4 run.failed']);
    expect(requests).toEqual([null, '2', '2', '2']);
    expect(connection).toEqual(['open', 'lost', 'lost', 'lost', 'open']);
    expect(waits).toEqual([500, 1000, 2000]);
  });

  it('gives up on a stream that the server refuses', async () => {
    const { fetch, requests } = server(404);
    expect((await follow(fetch)).outcome).toBe('gone');
    expect(requests).toHaveLength(1);
  });

  it('stops when nobody looks any more', async () => {
    const abort = new AbortController();
    const outcome = followRun({
      url: 'http://localhost/events',
      fetch: () => Promise.reject(new TypeError('fetch failed')),
      onEvent: () => undefined,
      onConnection: () => abort.abort(),
      signal: abort.signal,
      wait: () => Promise.resolve(),
    });
    expect(await outcome).toBe('aborted');
  });
});
