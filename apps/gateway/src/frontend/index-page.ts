import { randomBytes } from 'node:crypto';

const PLACEHOLDER = '__CSP_NONCE__';

/** A page and the policy that it is served with; the nonce in both is used once. */
export interface ServedPage {
  html: string;
  policy: string;
}

/** Puts a fresh nonce into the built index.html: into its placeholders, and into a meta element where the app finds it at run time. */
export function servePage(built: string): ServedPage {
  const nonce = randomBytes(18).toString('base64');
  const meta = `<meta property="csp-nonce" nonce="${nonce}">`;
  const withNonces = built.replaceAll(PLACEHOLDER, nonce);
  const html = withNonces.includes('property="csp-nonce"')
    ? withNonces
    : withNonces.replace(/<head([^>]*)>/i, (head) => `${head}${meta}`);
  return { html, policy: pagePolicy(nonce) };
}

function pagePolicy(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}
