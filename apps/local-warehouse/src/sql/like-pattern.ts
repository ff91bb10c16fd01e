/** A LIKE pattern as a regular expression, for lists that this process filters itself. */
export function likePattern(pattern: string, flags: '' | 'i'): RegExp {
  const source = pattern.replace(/\\([%_\\])|[%_]|[.*+?^${}()|[\]\\]/g, (match, escaped: string | undefined) => {
    if (escaped !== undefined) return `\\${escaped}`;
    return match === '%' ? '.*' : match === '_' ? '.' : `\\${match}`;
  });
  return new RegExp(`^${source}$`, `s${flags}`);
}
