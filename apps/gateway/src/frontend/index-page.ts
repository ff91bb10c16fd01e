import { randomBytes } from 'node:crypto';

const PLACEHOLDER = '__CSP_NONCE__';

/** A page and the policy that it is served with; the nonce in both is used once. */
export interface ServedPage {
  html: string;
  policy: string;
}

/**
 * Puts a fresh nonce into the built index.html: into its placeholders, and into a meta element where the app finds it at run time.
 * `parents`: the origins whose pages may frame it, which the page is told too; without them it is framed by nobody.
 */
export function servePage(built: string, parents: readonly string[] = []): ServedPage {
  const nonce = randomBytes(18).toString('base64');
  const framing = parents.length === 0 ? '' : `<meta name="embed-parents" content="${parents.join(' ')}">`;
  const meta = `<meta property="csp-nonce" nonce="${nonce}">${framing}`;
  const withNonces = built.replaceAll(PLACEHOLDER, nonce);
  const added = withNonces.includes('property="csp-nonce"') ? framing : meta;
  const html = withNonces.replace(/<head([^>]*)>/i, (head) => `${head}${added}`);
  return { html, policy: pagePolicy(nonce, parents) };
}

function pagePolicy(nonce: string, parents: readonly string[]): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "connect-src 'self'",
    `frame-ancestors ${parents.length === 0 ? "'none'" : parents.join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}
