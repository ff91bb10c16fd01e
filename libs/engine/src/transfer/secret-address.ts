import { isOnlyTemplates, isSecretQuery, looksGenerated } from './secret-names';

const ADDRESS = /^(\s*[a-z][a-z0-9+.-]*:\/\/)([^/?#]*)([^?#]*)(\?[^#]*)?(#[\s\S]*)?$/i;
/** Services whose address is the key: whoever knows the path may post. */
const WEBHOOK = /^hooks?\.|webhook|\/hooks?\//i;

/**
 * An address without what in it opens something: user and password, secrets of the query, what was generated, and of a webhook all
 * behind the host.
 */
export function hideInAddress(text: string, hide: (part: string) => string, isWebhook = false): string {
  const parts = ADDRESS.exec(text);
  if (!parts) return isWebhook && !isOnlyTemplates(text) ? hide(text) : text;
  const [, scheme = '', authority = '', path = '', query = '', fragment = ''] = parts;
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  const user = at < 0 ? '' : `${hide(authority.slice(0, at))}@`;
  if (isWebhook || WEBHOOK.test(host) || WEBHOOK.test(path)) {
    const rest = `${path}${query}${fragment}`;
    return `${scheme}${user}${host}${isOnlyTemplates(rest.replaceAll(/^\/|\/$/g, '')) ? rest : `/${hide(rest)}`}`;
  }
  const shownPath = path
    .split('/')
    .map((segment) => (looksGenerated(segment) && !isOnlyTemplates(segment) ? hide(segment) : segment))
    .join('/');
  const shownFragment = /=/.test(fragment) || looksGenerated(fragment) ? `#${hide(fragment.slice(1))}` : fragment;
  return `${scheme}${user}${host}${shownPath}${hideInQuery(query, hide)}${shownFragment}`;
}

function hideInQuery(query: string, hide: (part: string) => string): string {
  if (query === '') return '';
  const pairs = query.slice(1).split('&');
  const shown = pairs.map((pair) => {
    const [name = '', ...rest] = pair.split('=');
    const value = rest.join('=');
    if (rest.length === 0) return looksGenerated(name) ? hide(name) : pair;
    const isSecret = isSecretQuery(decoded(name)) || looksGenerated(value);
    return isSecret && !isOnlyTemplates(value) ? `${name}=${hide(value)}` : pair;
  });
  return `?${shown.join('&')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
