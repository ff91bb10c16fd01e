import { hideInAddress } from './secret-address';
import { isOnlyTemplates } from './secret-names';

/** Secrets that are known by their look, wherever they stand. */
const BY_LOOK = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /\b(?:sk|pk|rk|whsec)[-_][A-Za-z0-9_-]{16,}/g,
  /\b(?:gh[opsur]_|github_pat_|glpat-|npm_|hf_|dop_v1_|sfk_|ocr_)[A-Za-z0-9_-]{16,}/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{8,}/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{12,}/g,
  /\bAIza[\w-]{30,}/g,
] as const;

const SCHEME = /\b(bearer|basic)(\s+)(?=[^\s"']*\d)([A-Za-z0-9+/_.~=-]{8,})/gi;
const NAME =
  '(?:pass(?:word|wd|phrase)?|pwd|client[-_ ]?secret|secret|[a-z]*[-_]?token|api[-_ ]?key|access[-_ ]?key|secret[-_ ]?key|private[-_ ]?key|authorization)';
const BEGIN = `((?<!<)\\b[a-z_]*${NAME}["']?\\s*(?:=>|:=|=|:|\\bby\\b)\\s*)`;
/** A name and what is set to it, in quotes or bare. In SQL a bare word is a column. */
const ASSIGNED = new RegExp(`${BEGIN}(?:"((?:[^"\\\\]|\\\\.)*)"|'((?:[^']|'')*)'|([^\\s,;&'"{}<>()]+))`, 'gi');
const IDENTIFIED = /(\bidentified\s+by\s+)'((?:[^']|'')*)'/gi;
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
  shown = shown.replaceAll(IDENTIFIED, (_, begin: string, part: string) => `${begin}'${hide(part)}'`);
  return shown.replaceAll(ASSIGNED, (whole, begin: string, double?: string, single?: string, bare?: string) => {
    const part = double ?? single ?? bare ?? '';
    if (part === '' || keep(part) || (bare !== undefined && isSql)) return whole;
    if (double !== undefined) return `${begin}"${hide(part)}"`;
    return single === undefined ? `${begin}${hide(part)}` : `${begin}'${hide(part)}'`;
  });
}
