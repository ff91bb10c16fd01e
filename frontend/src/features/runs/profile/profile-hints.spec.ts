import { profileHints } from './profile-hints';
import { profileFacts, profileOf, type StatementProfile } from './statement-profile';
import { awaitsProfiles } from './awaits-profiles';

const profile = (stats: StatementProfile['stats'], more: Partial<StatementProfile> = {}): StatementProfile => ({
  step: 's1',
  queryId: 'q-1',
  state: 'succeeded',
  attempts: 1,
  estimatedCredits: null,
  ...(stats ? { stats } : {}),
  ...more,
});
const hintsOf = (stats: StatementProfile['stats']) => profileHints(profile(stats)).map(({ what }) => what);

describe('The profile of a statement', () => {
  it('shows what Snowflake said, and nothing else', () => {
    const stats = {
      bytesScanned: 1_240_000,
      partitionsScanned: 3,
      partitionsTotal: 12,
      executeMs: 1_800,
      bytesSpilled: 0,
    };
    expect(profileFacts(profile(stats, { estimatedCredits: 0.0004, attempts: 2 }))).toEqual([
      ['Scanned', '1.24 MB'],
      ['Partitions', '3 of 12'],
      ['Executing', '1.8 s'],
      ['Spilled to disk', '0 bytes'],
      ['Credits', 'est. < 0.001'],
      ['Sent', '2 times'],
    ]);
    expect(profileFacts(profile(undefined))).toEqual([]);
    expect(profileOf([profile(undefined)], 's1')?.queryId).toBe('q-1');
    expect(profileOf(undefined, 's1')).toBeUndefined();
  });

  it('tells of spilled memory, with the warehouse that was too small', () => {
    const [hint] = profileHints(profile({ bytesSpilled: 2e9, warehouseSize: 'X-Small' }));
    expect(hint?.what).toBe('It spilled 2 GB to disk, because the memory of the warehouse did not suffice.');
    expect(hint?.advice).toContain('larger than X-Small');
  });

  it('tells of poor pruning only where there is something to prune', () => {
    expect(hintsOf({ partitionsScanned: 950, partitionsTotal: 1000 })).toEqual([
      'It read 950 of 1,000 partitions, so hardly any could be skipped.',
    ]);
    expect(hintsOf({ partitionsScanned: 50, partitionsTotal: 1000 })).toEqual([]);
    expect(hintsOf({ partitionsScanned: 4, partitionsTotal: 4 })).toEqual([]);
  });

  it('tells of time that was not spent on the work', () => {
    expect(hintsOf({ queueMs: 12_000, compileMs: 7_000, executeMs: 900 })).toEqual([
      'It waited 12.0 s for the warehouse, longer than it executed.',
      'Snowflake took 7.0 s to compile it, longer than to execute it.',
    ]);
    expect(hintsOf({ queueMs: 12_000, executeMs: 60_000 })).toEqual([]);
  });

  it('is awaited for a moment after the end of the run', () => {
    const ended = { status: 'succeeded' as const, finishedAt: '2026-05-01T10:00:00.000Z' };
    const at = (seconds: number) => Date.parse(ended.finishedAt) + seconds * 1000;
    expect(awaitsProfiles({ ...ended, statements: [profile(undefined)] }, at(2))).toBe(true);
    expect(awaitsProfiles({ ...ended, statements: [profile({ executeMs: 1 })] }, at(2))).toBe(false);
    expect(awaitsProfiles({ ...ended, statements: [profile(undefined)] }, at(61))).toBe(false);
    expect(awaitsProfiles({ ...ended, status: 'running', statements: [profile(undefined)] }, at(2))).toBe(false);
  });
});
