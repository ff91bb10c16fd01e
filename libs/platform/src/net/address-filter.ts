import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Of an address that names resolve to but nobody may be sent to. */
export const ADDRESS_REFUSED = 'EADDRREFUSED';

/** What of IPv6 is given out; the rest is old forms of IPv4 addresses, or nobody's. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an address is of the public internet: not loopback, private, link-local, shared, reserved or a tunnel to one of these. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && (!(parsed instanceof ipaddr.IPv6) || parsed.match(GLOBAL_IPV6));
}

/**
 * Resolves names as usual, but only to public addresses. It decides on the very addresses that are then connected to, so a name that
 * answers differently the second time gains nothing.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  const asked = options as LookupOptions;
  systemLookup(hostname, { ...asked, all: true }, (error, found: LookupAddress[]) => {
    if (error) return callback(error, '', 0);
    const addresses = found.filter(({ address }) => isPublicAddress(address));
    const [first] = addresses;
    if (!first) {
      const message = `${hostname} resolves to no public address`;
      return callback(Object.assign(new Error(message), { code: ADDRESS_REFUSED }), '', 0);
    }
    if (asked.all) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};
