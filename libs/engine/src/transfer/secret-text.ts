import { hideInAddress } from './secret-address';
import { isOnlyTemplates } from './secret-names';

/*
 * Whoever may save a workflow decides what these are run over, so each takes no more than one look at any letter: words begin where
 * nothing of a word is before them, and what is not closed ends with the text.
 */

/** Secrets that are known by their look, wherever they stand. */
const BY_LOOK = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
  /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /\b(?:sk|pk|rk|whsec)[-_][A-Za-z0-9_-]{16,}/g,
  /\b(?:gh[opsur]_|github_pat_|glpat-|npm_|hf_|dop_v1_|sfk_|ocr_)[A-Za-z0-9_-]{16,}/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{8,}/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{12,}/g,
  /\bAIza[\w-]{30,}/g,
] as const;

const SCHEME = /\b(bearer|basic)(\s+)(?=[^\s"']*\d)([A-Za-z0-9+/_.~=-]{8,})/gi;
const NAME =
  '(?:pass(?:word|wd|phrase)?|pwd|secret(?:_string)?|token|(?:api|access|secret|private|master)[-_ ]?key|aws_key_id|authorization)';
const BEGIN = `((?<![<a-z_])[a-z_]*${NAME}["']?\\s*(?:=>|:=|=|:|\\bby\\b)\\s*)`;
/** What stands between quotes as Snowflake reads them, or to the end of the text. */
const DOUBLE = '"((?:[^"\\\\]+|\\\\[^])*)(?:"|\\\\?$)';
const SINGLE = "'((?:[^'\\\\]+|''|\\\\[^])*)(?:'|\\\\?$)";
const DOLLARS = '\\$\\$([^]*?)(?:\\$\\$|$)';
/** A name and what is set to it, in quotes or bare. In SQL a bare word is a column. */
const ASSIGNED = new RegExp(`${BEGIN}(?:${DOUBLE}|${SINGLE}|${DOLLARS}|([^\\s,;&'"{}<>()]+))`, 'gi');
const IDENTIFIED = new RegExp(`(\\bidentified\\s+by\\s+)${SINGLE}`, 'gi');
/** Functions of Snowflake that are given a passphrase or a key, as what follows the first comma. */
const CIPHER = new RegExp(
  `(\\b(?:try_)?(?:en|de)crypt(?:_raw)?\\s*\\((?:[^,'()]|\\([^()]*\\))*,\\s*(?:to_binary\\s*\\(\\s*)?)${SINGLE}`,
  'gi',
);
/** In the order of the groups of ASSIGNED. */
const QUOTES = ['"', "'", '$$', ''] as const;
const ADDRESS = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>`]+/gi;

/** A text without the secrets that can be told: by their look, by the name they are given to, or in an address. */
export function hideInText(text: string, hide: (part: string) => string, isSql = false): string {
  const keep = (part: string) => isOnlyTemplates(part) || /^<(?:secret|credential|workflow):[^<>]*>$/.test(part);
  let shown = text;
  for (const look of BY_LOOK) shown = shown.replaceAll(look, (part) => hide(part));
  shown = shown.replaceAll(ADDRESS, (address) => hideInAddress(address, hide));
  shown = shown.replaceAll(
    SCHEME,
    (_, scheme: string, space: string, part: string) => `${scheme}${space}${hide(part)}`,
  );
  for (const quoted of [IDENTIFIED, CIPHER]) {
    shown = shown.replaceAll(quoted, (whole, begin: string, part: string) =>
      part === '' || keep(part) ? whole : `${begin}'${hide(part)}'`,
    );
  }
  return shown.replaceAll(ASSIGNED, (whole: string, begin: string, ...parts: (string | undefined)[]) => {
    const at = parts.slice(0, QUOTES.length).findIndex((one) => one !== undefined);
    const [part = '', quote = ''] = [parts[at], QUOTES[at]];
    if (part === '' || keep(part) || (quote === '' && isSql)) return whole;
    return `${begin}${quote}${hide(part)}${quote}`;
  });
}
