import type { RunEvent } from '../../api/types';
import { liveRun, nodeRun } from '../../testing/live-run';
import { ProgressVoice } from './progress-voice';

const event = (seq: number, nodeId: string, status: 'succeeded' | 'failed'): RunEvent => ({
  type: `node.${status}`,
  data: { seq, at: '', runId: 'run_1', nodeId, node: nodeRun(status) },
});

describe('The voice of a run', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('says failures at once, and what is done together after a while', () => {
    const said: string[] = [];
    const voice = new ProgressVoice({
      polite: (text) => said.push(text),
      urgent: (text) => said.push(`at once: ${text}`),
    });
    const before = liveRun({ status: 'running' });
    const between = { ...before, events: [event(1, 'orders', 'succeeded'), event(2, 'dear', 'failed')] };
    voice.tell(before, between, (id) => id.toUpperCase());
    expect(said).toEqual(['at once: DEAR failed']);
    voice.tell(between, { ...between, status: 'failed' }, (id) => id);
    jest.advanceTimersByTime(2_000);
    expect(said).toEqual(['at once: DEAR failed', 'ORDERS done, Run failed']);
    voice.stop();
  });
});
