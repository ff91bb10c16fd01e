import { estimatedCredits } from './estimated-credits';

describe('Estimated credits', () => {
  it.each([
    ['X-Small', 3_600_000, 1],
    ['Large', 3_600_000, 8],
    ['2X-Large', 1_800_000, 16],
    ['6X-LARGE', 3_600_000, 512],
    ['X-Small', 18, 0.000005],
    ['Small', 0, 0],
  ])('of %s for %d ms are %d', (warehouseSize, executeMs, credits) => {
    expect(estimatedCredits({ warehouseSize, executeMs })).toBeCloseTo(credits, 9);
  });

  it('are not guessed where the size or the time is not known', () => {
    expect(estimatedCredits({ executeMs: 5 })).toBeNull();
    expect(estimatedCredits({ warehouseSize: 'Adaptive', executeMs: 5 })).toBeNull();
    expect(estimatedCredits({ warehouseSize: 'X-Small' })).toBeNull();
  });
});
