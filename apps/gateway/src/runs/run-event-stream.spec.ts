import { text } from 'node:stream/consumers';
import type { RunEvent } from '@snowflow/contracts/workflow/workflow.dto';
import { runEventStream } from './run-event-stream';

const RUN = 'run_0123456789abcdef012345';
const event: RunEvent = { type: 'run.started', data: { seq: 1, at: new Date(0).toISOString(), runId: RUN } };

describe('The events of a run that goes on', () => {
  it('end with the session of who reads them, and say so', async () => {
    let looks = 0;
    const stream = runEventStream({
      runId: RUN,
      context: { correlationId: 'c', sessionId: 'ses_1' },
      workflows: { events: () => Promise.resolve({ events: [], ended: false, own: true }) },
      listening: {
        next: () => new Promise((resolve) => setImmediate(resolve, false)),
        spoken: () => undefined,
        isClosed: false,
        close: () => undefined,
      },
      first: { events: [event], ended: false, own: true },
      after: 0,
      opened: () => undefined,
      isSignedIn: () => Promise.resolve(++looks < 3),
      heartbeatMs: 1,
    });
    const frames = (await text(stream)).trim().split('\n\n');
    expect(frames.at(-1)).toBe('event: session.ended\ndata: {"code":"SESSION_ENDED"}');
    expect([looks, frames.filter((frame) => frame.startsWith(': '))]).toEqual([3, [': still here', ': still here']]);
  });
});
