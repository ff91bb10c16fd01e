/** Credits: as many figures as tell small ones apart. */
export function creditsText(credits: number): string {
  if (credits === 0) return '0';
  if (credits < 0.0001) return '< 0.0001';
  return credits.toLocaleString('en-US', credits < 1 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 });
}
