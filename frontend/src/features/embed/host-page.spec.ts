import type { HostMessage } from './host-message';
import { HostPage, type FrameWindow } from './host-page';

const APP = 'https://app.example.com';

/** A window in a frame, whose parent writes down what it is posted. */
function frameWindow() {
  const posted: [unknown, unknown][] = [];
  const parent = { postMessage: (message: unknown, origin: unknown) => void posted.push([message, origin]) };
  let listener: ((event: MessageEvent) => void) | undefined;
  const frame: FrameWindow = {
    parent: parent as FrameWindow['parent'],
    addEventListener: (_type, added) => {
      listener = added;
    },
    removeEventListener: () => {
      listener = undefined;
    },
  };
  const hear = (data: unknown, origin = APP, source: unknown = parent) =>
    listener?.({ data, origin, source } as MessageEvent);
  return { frame, posted, hear };
}

const TOKEN = { type: 'snowflow:token', token: 't' };

describe('The page around a frame', () => {
  const listening = (parents: string[], told?: string) => {
    const { frame, posted, hear } = frameWindow();
    const host = new HostPage(frame, parents, told);
    const heard: HostMessage[] = [];
    const stop = host.listen((message) => heard.push(message));
    return { host, posted, hear, heard, stop };
  };

  it('is heard from an allowed origin and from its own window, in our words only', () => {
    const { hear, heard, stop } = listening([APP], APP);
    hear(TOKEN, 'https://stranger.example.com');
    hear(TOKEN, APP, {});
    hear({ type: 'webpackOk' });
    hear('snowflow:token');
    hear({ type: 'snowflow:token', token: 1 });
    expect(heard).toEqual([]);
    hear(TOKEN);
    stop();
    hear(TOKEN);
    expect(heard).toEqual([TOKEN]);
  });

  it('is told things at its origin alone, and nothing where it is not allowed', () => {
    const allowed = listening(['https://*.example.com'], APP);
    allowed.host.tell({ type: 'snowflow:ready' });
    expect(allowed.posted).toEqual([[{ type: 'snowflow:ready' }, APP]]);
    allowed.host.narrow(['https://other.example.com']);
    allowed.host.tell({ type: 'snowflow:result', runId: 'run_1', value: 1 });
    expect(allowed.host.isAllowed).toBe(false);
    expect(allowed.posted).toHaveLength(1);
  });

  it('where the browser hides who it is, is told only that the frame is ready, until it has spoken', () => {
    const { host, posted, hear } = listening([APP, 'https://*.example.org']);
    host.tell({ type: 'snowflow:state', state: 'waiting' });
    host.tell({ type: 'snowflow:ready' });
    expect(posted).toEqual([[{ type: 'snowflow:ready' }, APP]]);
    hear(TOKEN, 'https://www.example.org');
    host.tell({ type: 'snowflow:state', state: 'loading' });
    expect(posted.at(-1)).toEqual([{ type: 'snowflow:state', state: 'loading' }, 'https://www.example.org']);
  });
});
