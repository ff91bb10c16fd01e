import { OpenStreams } from './open-streams';

describe('Streams of a session', () => {
  it('are so many at once, for each session, and free a place when they end, once', () => {
    const streams = new OpenStreams(2);
    const [first] = [streams.open('one'), streams.open('one')];
    expect(() => streams.open('one')).toThrow(
      expect.objectContaining({ code: 'THROTTLED', details: { retryAfterSeconds: 15 } }),
    );
    streams.open('other');
    first?.();
    first?.();
    streams.open('one');
    expect(() => streams.open('one')).toThrow('follows 2 runs');
  });
});
