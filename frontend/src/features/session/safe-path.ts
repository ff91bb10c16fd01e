const START_PAGE = '/workflows';
/** Browsers read `\` as `/`, and drop tabs and line breaks before they decide where a URL leads. */
const LOCAL = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/;

/** Only a path of this site, never another origin; the start page in place of anything else. */
export function safePath(next: string | null): string {
  return next !== null && LOCAL.test(next) ? next : START_PAGE;
}
