const SECRET_WORD =
  /(?:^|[^a-z])(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|api[-_ ]?key|access[-_ ]?key|private[-_ ]?key|signing[-_ ]?key|credentials?|authorization|auth|bearer|cookie|signature|sig|session[-_ ]?id)(?:$|[^a-z])/;

/** Headers whose values tell nothing. Every other header counts as a secret, for nobody can list those that are. */
const OPEN_HEADERS: ReadonlySet<string> = new Set(
  'accept accept-charset accept-encoding accept-language cache-control content-language content-type date prefer user-agent'.split(
    ' ',
  ),
);
/** Of a query of an address, besides names of secrets. */
const SECRET_QUERY: ReadonlySet<string> = new Set(['key', 'code', 'sv', 'se', 'st', 'sp', 'sr', 'hash', 'jwt', 'pass']);

/** Whether something so named holds a secret: `apiKey`, `client_secret`, `X-Auth-Token`. */
export const namesSecret = (name: string): boolean =>
  SECRET_WORD.test(
    name
      .slice(0, 300)
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase(),
  );

export const isOpenHeader = (name: string): boolean => OPEN_HEADERS.has(name.trim().toLowerCase());

export const isSecretQuery = (name: string): boolean => SECRET_QUERY.has(name.toLowerCase()) || namesSecret(name);

/** Long, of letters and digits, without a space: what a generator made rather than a person. */
export const looksGenerated = (text: string): boolean =>
  text.length >= 20 && !/\s/.test(text) && /\d/.test(text) && /[A-Za-z]/.test(text);

const TEMPLATE = /\{\{[^{}]*\}\}/g;

/** Whether a text says nothing of its own: it is empty, or made of templates, which are filled in at home. */
export const isOnlyTemplates = (text: string): boolean =>
  /^\s*(?:(?:bearer|basic|token)\s*)?$/i.test(text.replaceAll(TEMPLATE, ''));
