import type { LookupFunction } from 'node:net';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { publicLookup } from '@snowflow/platform/net/address-filter';
import type { EgressRule } from '@snowflow/platform/net/guarded-fetch';

/** Which hosts webhooks may reach: those that the operator listed, on public addresses, by https; and those listed as private. */
export class WebhookEgress implements EgressRule {
  constructor(
    private readonly hosts: readonly string[],
    private readonly privateHosts: readonly string[],
  ) {}

  /** Throws EGRESS_REFUSED with what the operator could do about it. */
  check(url: URL): void {
    const { hostname, protocol, username, password } = url;
    if (username !== '' || password !== '') throw refused('A user name or password may not stand in an address.');
    if (isListed(hostname, this.privateHosts)) return;
    if (!isListed(hostname, this.hosts)) {
      throw refused(
        `This installation sends nothing to ${hostname}. An operator allows it by adding the host to EGRESS_HOSTS of the workers.`,
      );
    }
    if (protocol !== 'https:') throw refused(`${hostname} is reached by https only. Write https:// in the address.`);
  }

  lookupFor({ hostname }: URL): LookupFunction | undefined {
    return isListed(hostname, this.privateHosts) ? undefined : publicLookup;
  }
}

function isListed(host: string, list: readonly string[]): boolean {
  return list.some((entry) => {
    const listed = entry.toLowerCase();
    return listed.startsWith('.') ? host.endsWith(listed) && host.length > listed.length : host === listed;
  });
}

const refused = (message: string) => new AppError('EGRESS_REFUSED', message);
