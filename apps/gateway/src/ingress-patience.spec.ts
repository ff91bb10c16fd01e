import { preferredWaitSeconds } from './input/prefer-wait';
import { HEARTBEAT_MS as OF_CALLS } from './published/published-events';
import { HEARTBEAT_MS as OF_RUNS } from './runs/run-event-stream';

/** Snowflake's page on service networking: a connection without activity for so long is ended. */
const INGRESS_IDLE_MS = 90_000;

describe("Snowflake's ingress, which ends what is silent for 90 seconds", () => {
  it.each([
    ['a run', OF_RUNS],
    ['a called workflow', OF_CALLS],
  ])('hears the stream of %s several times before, even where nothing happens', (_what, heartbeatMs) => {
    expect(heartbeatMs * 3).toBeLessThan(INGRESS_IDLE_MS);
  });

  it('has more patience than the longest wait that a caller can ask for', () => {
    expect(preferredWaitSeconds('wait=100000') * 1000).toBeLessThan(INGRESS_IDLE_MS - 10_000);
  });
});
