import type { FastifyRequest } from 'fastify';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Decides whether a request may change something, by where the browser says it comes from. A foreign Origin is always refused; a request
 * that speaks by cookie must also show that it is ours, by Origin or by Sec-Fetch-Site, which pages can't forge.
 */
export class OriginPolicy {
  private readonly allowed: ReadonlySet<string>;

  constructor(publicOrigins: string[]) {
    this.allowed = new Set(publicOrigins.map((origin) => origin.replace(/\/$/, '').toLowerCase()));
  }

  permits(request: Pick<FastifyRequest, 'method' | 'headers' | 'host'>, byCookie: boolean): boolean {
    if (SAFE_METHODS.has(request.method)) return true;
    const { origin } = request.headers;
    if (origin !== undefined) return this.isOurs(origin, request.host);
    const site = request.headers['sec-fetch-site'];
    if (site === undefined) return !byCookie;
    return site === 'same-origin' || (site === 'none' && !byCookie);
  }

  private isOurs(origin: string, host: string): boolean {
    if (this.allowed.has(origin.toLowerCase())) return true;
    return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
  }
}
