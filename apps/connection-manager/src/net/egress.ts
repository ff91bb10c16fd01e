import type { LookupFunction } from 'node:net';
import { publicLookup } from '@snowflow/platform/net/address-filter';

const PRIVATE_LINK_HOST = /\.privatelink\.snowflakecomputing\.(?:com|cn)$/;

/** What an installation lets connection-manager reach beside the public internet. */
export interface EgressOptions {
  /** Exact origin of the local warehouse; undefined where there is no demo. */
  demoOrigin?: string;
  /** Inside Snowflake, the origin of the account it runs in: it is on a private address, and so may be where its results lie. */
  homeOrigin?: string;
  /** Whether private link names may resolve to private addresses. */
  privateLink?: boolean;
  /** Exact origins of identity providers inside the company's own network. */
  privateIssuers?: readonly string[];
}

/** Decides how the name of an origin may be resolved. Everything that connection-manager connects to asks here. */
export class Egress {
  private readonly trusted: ReadonlySet<string>;
  private readonly homeOrigin: string | undefined;
  private readonly privateLink: boolean;

  constructor({ demoOrigin, homeOrigin, privateLink = false, privateIssuers = [] }: EgressOptions = {}) {
    const origins = [demoOrigin, homeOrigin, ...privateIssuers].filter((origin) => origin !== undefined);
    this.trusted = new Set(origins.map((origin) => new URL(origin).origin));
    this.homeOrigin = homeOrigin;
    this.privateLink = privateLink;
  }

  /** Whether the operator named this origin, so that it may be plain http or on a private address. */
  trusts(origin: string): boolean {
    return this.trusted.has(origin);
  }

  /**
   * Undefined: as the system resolves it. `account`: the origin whose results are read at `url`; of one on a private link they lie behind
   * private endpoints too.
   */
  lookupFor(url: URL, account: URL = url): LookupFunction | undefined {
    if (this.trusts(url.origin) || account.origin === this.homeOrigin) return undefined;
    if (this.privateLink && [url, account].some(({ hostname }) => PRIVATE_LINK_HOST.test(hostname))) return undefined;
    return publicLookup;
  }
}
