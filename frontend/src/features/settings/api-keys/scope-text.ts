/** What a key may call, in words; null is all. */
export function scopeText(publications: readonly string[] | null): string {
  if (publications === null) return 'all published workflows';
  return publications.length === 1 ? 'one published workflow' : `${publications.length} published workflows`;
}
