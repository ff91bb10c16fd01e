const START_PAGE = '/';
/** A browser reads `\` as `/` and drops tabs and line breaks before it decides where a URL leads. */
const LOCAL = /^\/(?![/\\])[\x21-\x7e]*$/;
const ELSEWHERE = 'https://elsewhere.invalid';

/** A path of this site to send a browser to; anything that could lead to another origin is the start page. */
export function localPath(wanted: string | undefined): string {
  if (wanted === undefined || !LOCAL.test(wanted) || wanted.includes('\\')) return START_PAGE;
  const { origin, pathname, search, hash } = new URL(wanted, ELSEWHERE);
  return origin === ELSEWHERE && LOCAL.test(pathname) ? `${pathname}${search}${hash}` : START_PAGE;
}
