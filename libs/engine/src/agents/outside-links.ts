import type { StepValue } from '@snowflow/nodes/kit/step-value';

/** A text or value without addresses that a page would load or link, and the hosts of those. */
interface Neutralised<Value> {
  value: Value;
  hosts: string[];
}

/** `scheme://host…`, also without a scheme, and in the ways in which browsers and markdown forgive how it is written. */
const ADDRESS =
  /(?:\b[a-z][a-z0-9+.-]*:)?[\\/]\t*[\\/][^\s<>"'`)\]}|]+|\bhttps?\\?:[^\s<>"'`)\]}|]+|\bwww\.[^\s<>"'`)\]}|]+|\b(?:data|javascript|vbscript|mailto|tel)\\?:[^\s<>"'`)\]}|]+/giu;
/** Markdown decodes these inside of addresses. */
const ENTITIES =
  /&(?:(sol|#0*47|#x0*2f)|(bsol|#0*92|#x0*5c)|(colon|#0*58|#x0*3a)|(?:tab|newline|#0*(?:9|10|13)|#x0*(?:9|a|d)));/giu;
/** Markup that loads something by itself. */
const LOADING =
  /<\s*\/?\s*(?:img|image|svg|picture|source|video|audio|iframe|object|embed|link|script|style|base|meta|form|input|body|table|td)\b[^>]*>?/giu;
const IMAGE = /!\[((?:[^\]\\]|\\.)*)\](?=\s*[([:]|)/gu;

/**
 * Takes out what makes whoever reads an answer send something: images, markup that loads, addresses of hosts that are not allowed. A
 * model that was talked into it can put data into an address, and a page fetches an image without being asked.
 */
export function withoutOutsideLinks(value: StepValue, allowedHosts: readonly string[]): Neutralised<StepValue> {
  const hosts: string[] = [];
  const allowed = new Set(allowedHosts.map((host) => host.toLowerCase()));
  const text = (written: string) =>
    written
      .replaceAll(ENTITIES, (_entity, slash, back, colon) => (slash ? '/' : back ? '\\' : colon ? ':' : ''))
      .replaceAll(LOADING, () => removed(hosts, 'markup'))
      .replaceAll(IMAGE, (_image, alt: string) => `[image: ${alt}]`)
      .replaceAll(ADDRESS, (address) => {
        const host = hostOf(address);
        return host !== undefined && allowed.has(host) ? address : removed(hosts, host ?? 'address');
      });
  return { value: inTexts(value, text), hosts: [...new Set(hosts)] };
}

function removed(hosts: string[], what: string): string {
  hosts.push(what);
  return what === 'markup' ? '[markup removed]' : `[link removed: ${what}]`;
}

function hostOf(address: string): string | undefined {
  const web = /^(?:https?:)?\/\/([^/].*)$/isu.exec(address);
  if (!web || address.includes('\\')) return undefined;
  try {
    const url = new URL(`https://${web[1] ?? ''}`);
    return url.username === '' && url.password === '' ? url.hostname.replace(/\.$/, '') : undefined;
  } catch {
    return undefined;
  }
}

function inTexts(value: StepValue, change: (text: string) => string): StepValue {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => inTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), inTexts(item, change)]));
}
