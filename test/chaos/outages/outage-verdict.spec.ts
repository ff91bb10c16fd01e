import { outageVerdict, type SeenOutage } from './outage-verdict';

const BEGAN = 100_000;
const ENDED = 130_000;

/** Postgres is away for thirty seconds: auth leans on it, the gateway does not. */
function seen(changes: Partial<SeenOutage> = {}): SeenOutage {
  const sampled = (app: string, isReady: (atMs: number) => boolean) =>
    Array.from({ length: 200 }, (_, index) => BEGAN - 2_000 + index * 250).map((atMs) => ({
      app,
      atMs,
      isReady: isReady(atMs),
    }));
  return {
    beganMs: BEGAN,
    endedMs: ENDED,
    struck: ['auth'],
    samples: [
      ...sampled('auth', (atMs) => atMs < BEGAN + 2_000 || atMs > ENDED + 1_000),
      ...sampled('gateway', () => true),
    ],
    answers: [
      { call: 'list', beganMs: BEGAN + 100, tookMs: 900, status: 503, code: 'UNAVAILABLE' },
      { call: 'list', beganMs: ENDED + 200, tookMs: 300, status: 200, code: '' },
    ],
    ...changes,
  };
}
const faultsOf = (changes: Partial<SeenOutage>) => outageVerdict(seen(changes)).faults;
const change = (app: string, isHit: (atMs: number) => boolean, isReady: boolean) =>
  seen().samples.map((sample) => (sample.app === app && isHit(sample.atMs) ? { ...sample, isReady } : sample));

describe('The verdict on an outage', () => {
  it('is good where who is away says so, all is back soon and refusals are those of an outage', () => {
    expect(outageVerdict(seen())).toMatchObject({
      faults: [],
      isBack: true,
      toldMs: 2_000,
      readyMs: 1_000,
      servedMs: 500,
      refusedMs: 900,
    });
  });

  it('sees a service that says late, or never, that it is away', () => {
    const late = ['auth does not say in time that it is away'];
    expect(faultsOf({ samples: change('auth', (atMs) => atMs < BEGAN + 6_000, true) })).toEqual(late);
    expect(faultsOf({ samples: change('auth', () => true, true) })).toEqual(late);
  });

  it('sees one that says in the midst of it that it is ready, and not one that is back a little before it is told', () => {
    expect(faultsOf({ samples: change('auth', (atMs) => atMs === BEGAN + 10_000, true) })).toEqual([
      'auth says that it is ready while it is away, 1 times',
    ]);
    expect(faultsOf({ samples: change('auth', (atMs) => atMs > ENDED - 500, true) })).toEqual([]);
  });

  it('sees one that is not ready though nothing of its is away, and one that does not come back', () => {
    expect(faultsOf({ samples: change('gateway', (atMs) => atMs === BEGAN + 10_000, false) })).toEqual([
      'gateway says that it is not ready, 1 times',
    ]);
    const stuck = outageVerdict(seen({ samples: change('auth', (atMs) => atMs > BEGAN + 2_000, false) }));
    expect([stuck.isBack, stuck.faults]).toEqual([false, ['auth is not ready again in time']]);
  });

  it('sees calls that are not answered again, or answered as no outage is', () => {
    const [refused, served] = seen().answers as [SeenOutage['answers'][number], SeenOutage['answers'][number]];
    expect(faultsOf({ answers: [refused] })).toEqual(['list is not answered in time afterwards']);
    expect(faultsOf({ answers: [{ ...refused, status: 500, code: 'INTERNAL' }, served] })).toEqual([
      'heard: 500 INTERNAL',
    ]);
    expect(faultsOf({ answers: [{ ...refused, status: 0, code: '', tookMs: 40_000 }, served] })).toEqual([
      'heard: no answer',
      'list waited 40.0 s for a refusal',
    ]);
  });
});
