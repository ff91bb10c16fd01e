import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Of an address that names resolve to but nobody may be sent to. */
export const ADDRESS_REFUSED = 'EADDRREFUSED';

/** Whether an address is of the public internet: not loopback, private, link-local, shared, reserved or a tunnel to one of these. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === 'unicast';
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
