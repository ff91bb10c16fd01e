import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { ConnectionPartView, ConnectionTest } from '@snowflow/contracts/connections/connections.dto';
import { ADDRESS_REFUSED } from '@snowflow/platform/net/address-filter';
import { guardedFetch } from '@snowflow/platform/net/guarded-fetch';
import { AccountDirectory } from '../accounts/account-directory';
import type { Endpoint } from '../accounts/endpoint';
import { Egress } from '../net/egress';
import { ASKED_PARTS, type AskedPart } from './asked-parts';
import { noAnswer, wrongAnswer } from './no-answer';
import { type Asking, ResultHosts } from './result-hosts';

const TIMEOUT_MS = 5_000;

/** Looks which part of an account can't be reached from here. No credential is sent. */
@Injectable()
export class ConnectionTestService {
  constructor(
    private readonly egress: Egress,
    private readonly accounts: AccountDirectory,
    private readonly results: ResultHosts,
  ) {}

  /** With `asking` Snowflake is asked, in that session of the account, where its results come from. */
  async run(endpoint: Endpoint, asking?: Asking): Promise<ConnectionTest> {
    const { account, origin } = endpoint;
    const name = await this.name(new URL(origin));
    if (name.state !== 'ok') {
      const others = [...ASKED_PARTS.map(({ part }) => part), 'results' as const].map(notAsked);
      return { account, parts: [name, ...others] };
    }
    const asked = ASKED_PARTS.map((part) => this.ask(part, endpoint));
    return { account, parts: [name, ...(await Promise.all([...asked, this.results.test(endpoint, asking)]))] };
  }

  private async name(url: URL): Promise<ConnectionPartView> {
    const host = url.hostname;
    const lookup = this.egress.lookupFor(url) ?? (systemLookup as LookupFunction);
    try {
      await promisify(lookup)(host, {});
      return { part: 'name', state: 'ok', host, detail: 'The name is known.' };
    } catch (error) {
      const isPrivate = (error as { code?: string }).code === ADDRESS_REFUSED;
      const detail = isPrivate
        ? 'The name leads to a private address. For private link the operator must allow it (PRIVATE_LINK=on).'
        : 'No such name. Check the account: it looks like myorg-myaccount.';
      return { part: 'name', state: 'failed', host, detail };
    }
  }

  private async ask(asked: AskedPart, endpoint: Endpoint): Promise<ConnectionPartView> {
    const { part, method, path, hint } = asked;
    const url = new URL(path, endpoint.origin);
    const host = url.hostname;
    try {
      const response = await guardedFetch(this.egress, url, {
        method,
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: method === 'POST' ? '{"data":{}}' : undefined,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const { status } = response;
      if (await asked.isAnswer(response)) return { part, state: 'ok', host, detail: `It answers (${status}).` };
      if (status === 404 && this.accounts.isDemo(endpoint)) {
        return { part, state: 'not-tested', host: null, detail: 'The demo account has none.' };
      }
      return { part, state: 'failed', host, detail: `${wrongAnswer(status)} ${hint}` };
    } catch (error) {
      return { part, state: 'failed', host, detail: `${noAnswer(error)} ${hint}` };
    }
  }
}

const notAsked = (part: ConnectionPartView['part']): ConnectionPartView => ({
  part,
  state: 'not-tested',
  host: null,
  detail: 'Not asked, for the name is not known.',
});
