import type { LookupFunction } from 'node:net';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { publicLookup } from '@snowflow/platform/net/address-filter';
import type { EgressRule } from '@snowflow/platform/net/guarded-fetch';
import { isHostListed } from './host-listed';

/** What an installation lets out. */
export interface EgressOptions {
  /** Hosts that steps may reach: exact, or with a leading dot for all below. */
  egressHosts: readonly string[];
  /** Hosts that may be reached on private addresses and without TLS, too. */
  privateHosts: readonly string[];
}

/** Which hosts steps may reach: those that the operator listed, on public addresses, by https; and those listed as private. */
export class Egress implements EgressRule {
  private readonly hosts: readonly string[];
  private readonly privateHosts: readonly string[];

  constructor({ egressHosts, privateHosts }: EgressOptions) {
    this.hosts = egressHosts;
    this.privateHosts = privateHosts;
  }

  /** Throws EGRESS_REFUSED with what the operator could do about it. */
  check(url: URL): void {
    const { hostname, protocol, username, password } = url;
    if (username !== '' || password !== '') throw refused('A user name or password may not stand in an address.');
    if (isHostListed(hostname, this.privateHosts)) return;
    if (!isHostListed(hostname, this.hosts)) {
      throw refused(
        `This installation sends nothing to ${hostname}. An operator allows it by adding the host to EGRESS_HOSTS of the workers.`,
      );
    }
    if (protocol !== 'https:') throw refused(`${hostname} is reached by https only. Write https:// in the address.`);
  }

  lookupFor({ hostname }: URL): LookupFunction | undefined {
    return isHostListed(hostname, this.privateHosts) ? undefined : publicLookup;
  }
}

const refused = (message: string) => new AppError('EGRESS_REFUSED', message);

/** A name that the operator listed leads where only names listed as private may. */
export function privateAddress(host: string): AppError {
  return refused(
    `${host} leads to a private address. An operator allows it by adding the host to EGRESS_PRIVATE_HOSTS of the workers.`,
  );
}
