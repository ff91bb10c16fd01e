/** Only a path of this site, never another origin; the start page in place of anything else. */
export function safePath(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/workflows';
}
