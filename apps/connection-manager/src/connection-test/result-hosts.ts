import { Injectable } from '@nestjs/common';
import type { ConnectionPartView } from '@snowflow/contracts/connections/connections.dto';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { guardedFetch } from '@snowflow/platform/net/guarded-fetch';
import { AccountDirectory } from '../accounts/account-directory';
import type { Endpoint } from '../accounts/endpoint';
import { Egress } from '../net/egress';
import type { SessionRef } from '../sessions/sealed-session.repository';
import { AllowedHost, AllowList } from './allow-list';
import { noAnswer, wrongAnswer } from './no-answer';

const TIMEOUT_MS = 4_000;
const MOST_HOSTS = 20;
const HINT = 'Let this installation reach it on port 443: large results come from there.';

/** In whose session Snowflake is asked where results come from. */
export interface Asking {
  ref: SessionRef;
  context: PinnedContext;
}

/** Whether the storage that large results come from can be reached. */
@Injectable()
export class ResultHosts {
  constructor(
    private readonly egress: Egress,
    private readonly accounts: AccountDirectory,
    private readonly allowList: AllowList,
  ) {}

  async test(endpoint: Endpoint, asking: Asking | undefined): Promise<ConnectionPartView> {
    if (!asking && !this.accounts.isDemo(endpoint)) {
      return view('not-tested', null, 'Snowflake names these hosts only to a session: sign in, then test in Settings.');
    }
    try {
      const hosts = asking ? await this.allowList.resultHosts(asking.ref, asking.context) : [hostOf(endpoint)];
      return await this.testAll(hosts.slice(0, MOST_HOSTS), endpoint);
    } catch {
      return view(
        'not-tested',
        null,
        'Snowflake did not say which hosts these are. SELECT SYSTEM$ALLOWLIST() names them.',
      );
    }
  }

  private async testAll(hosts: readonly AllowedHost[], endpoint: Endpoint): Promise<ConnectionPartView> {
    if (hosts.length === 0) return view('not-tested', null, 'Snowflake names no host of type STAGE.');
    const faults = await Promise.all(hosts.map((host) => this.fault(host, endpoint)));
    const at = faults.findIndex((fault) => fault !== undefined);
    if (at < 0) return view('ok', hosts[0]?.host ?? null, `${hosts.length} of ${hosts.length} answer.`);
    const failed = faults.filter((fault) => fault !== undefined).length;
    return view('failed', hosts[at]?.host ?? null, `${failed} of ${hosts.length} do not answer. ${faults[at]} ${HINT}`);
  }

  /** Nothing is fetched: that the storage answers at all, even with a refusal, is what is asked. */
  private async fault(host: AllowedHost, { origin }: Endpoint): Promise<string | undefined> {
    const own = new URL(origin);
    const isOwn = own.hostname === host.host && portOf(own) === host.port;
    try {
      const url = isOwn ? own : new URL(`https://${host.host}:${host.port}/`);
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const { status } = await guardedFetch(this.egress, url, { signal, ignoresBody: true });
      return status === 407 || status >= 500 ? wrongAnswer(status) : undefined;
    } catch (error) {
      return noAnswer(error);
    }
  }
}

const portOf = ({ port, protocol }: URL) => Number(port) || (protocol === 'http:' ? 80 : 443);

function hostOf({ origin }: Endpoint): AllowedHost {
  const url = new URL(origin);
  return { host: url.hostname, port: portOf(url) };
}

const view = (state: ConnectionPartView['state'], host: string | null, detail: string): ConnectionPartView => ({
  part: 'results',
  state,
  host,
  detail,
});
