const NAME = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
const LOCAL = /^http:\/\/(?:localhost|127\.0\.0\.1)(?::([0-9]{1,5}))?$/;
const SECURE = /^https:\/\/(\*\.)?([^/:?#@*\s;,'"]+)(?::([0-9]{1,5}))?$/;

/**
 * An origin whose pages may embed, as browsers spell it; undefined where it is none. It goes into a content security policy, so nothing
 * but a scheme, a name and a port may pass. A leading `*.` needs a name of two labels behind it: nobody owns `*.com`.
 */
export function parentOrigin(written: string): string | undefined {
  const text = written.trim().toLowerCase().replace(/\/$/, '');
  const local = LOCAL.exec(text);
  if (local) return isPort(local[1]) ? withoutDefault(text, ':80') : undefined;
  const [, , name = '', port] = SECURE.exec(text) ?? [];
  return NAME.test(name) && isPort(port) ? withoutDefault(text, ':443') : undefined;
}

/** Whether a page's origin is one of the parents. */
export function isParent(parents: readonly string[], origin: string): boolean {
  return parents.some((parent) => {
    if (!parent.startsWith('https://*.')) return parent === origin;
    return origin.startsWith('https://') && origin.endsWith(parent.slice('https://*'.length));
  });
}

const isPort = (port: string | undefined) => port === undefined || (Number(port) >= 1 && Number(port) <= 65_535);
const withoutDefault = (text: string, ending: string) => (text.endsWith(ending) ? text.slice(0, -ending.length) : text);
