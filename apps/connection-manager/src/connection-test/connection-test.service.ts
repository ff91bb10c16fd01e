import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import type {
  ConnectionPart,
  ConnectionPartView,
  ConnectionTest,
} from '@snowflow/contracts/connections/connections.dto';
import type { Endpoint } from '../accounts/endpoint';
import { ADDRESS_REFUSED } from '@snowflow/platform/net/address-filter';
import { Egress } from '../net/egress';
import { guardedFetch } from '@snowflow/platform/net/guarded-fetch';

const TIMEOUT_MS = 5_000;

/** What each part is asked for, and what to do where it does not answer. Any HTTP answer is good: the part is there. */
const PARTS: readonly { part: ConnectionPart; method: string; path: string; hint: string }[] = [
  {
    part: 'login',
    method: 'POST',
    path: '/session/v1/login-request',
    hint: 'Let this installation reach the account on port 443, through every firewall and proxy between.',
  },
  {
    part: 'oauth',
    method: 'GET',
    path: '/oauth/authorize',
    hint: 'Let this installation reach /oauth of the account; sign-in by OAuth needs it.',
  },
  {
    part: 'rest',
    method: 'GET',
    path: '/api/v2/databases',
    hint: 'Let this installation reach /api/v2 of the account; Cortex needs it.',
  },
];

/** Looks which part of an account can't be reached from here. No credential is sent. */
@Injectable()
export class ConnectionTestService {
  constructor(private readonly egress: Egress) {}

  async run({ account, origin }: Endpoint): Promise<ConnectionTest> {
    const name = await this.name(new URL(origin));
    const others = await Promise.all(
      PARTS.map((asked) => (name.state === 'ok' ? this.ask(asked, origin) : skipped(asked.part))),
    );
    return { account, parts: [name, ...others, results()] };
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

  private async ask({ part, method, path, hint }: (typeof PARTS)[number], origin: string): Promise<ConnectionPartView> {
    const url = new URL(path, origin);
    try {
      const { status } = await guardedFetch(this.egress, url, {
        method,
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: method === 'POST' ? '{"data":{}}' : undefined,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return { part, state: 'ok', host: url.hostname, detail: `It answers (${status}).` };
    } catch {
      return { part, state: 'failed', host: url.hostname, detail: `No answer. ${hint}` };
    }
  }
}

const skipped = (part: ConnectionPart): ConnectionPartView => ({
  part,
  state: 'unknown',
  host: null,
  detail: 'Not asked, for the name is not known.',
});

const results = (): ConnectionPartView => ({
  part: 'results',
  state: 'unknown',
  host: null,
  detail:
    'Large results come from cloud storage. SELECT SYSTEM$ALLOWLIST() names its hosts (type STAGE); let them be reached on 443.',
});
