import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Endpoint } from '../accounts/endpoint';
import { Egress } from '../net/egress';
import { guardedFetch } from '@snowflow/platform/net/guarded-fetch';
import { SnowflakeFailure } from '../driver/snowflake-failure';
import type { MonitoredQuery } from '../statements/statement-stats';
import { renewAfter, type SessionTokens } from './session-tokens';

const TIMEOUT_MS = 10_000;
/** Of a token that is expired or unknown. */
export const SESSION_CODES = new Set(['390104', '390111', '390112', '390114', '390115']);
/** What is to be cancelled is not running. */
const NOT_RUNNING = '000605';

interface Reply<Data> {
  success?: boolean;
  code?: string | null;
  message?: string | null;
  data?: Data | null;
}

interface RenewedTokens {
  sessionToken: string;
  validityInSecondsST: number;
  masterToken: string;
  validityInSecondsMT: number;
}

/**
 * The parts of the driver's protocol that the driver keeps to one process: renewing and keeping alive a session that many replicas
 * share, cancelling what another replica submitted, asking after a query. Throws SnowflakeFailure.
 */
@Injectable()
export class SessionProtocol {
  constructor(private readonly egress: Egress) {}

  async renew(endpoint: Endpoint, tokens: SessionTokens): Promise<SessionTokens> {
    const askedAtMs = Date.now();
    const renewed = await this.call<RenewedTokens>(endpoint, 'POST', '/session/token-request', tokens.masterToken, {
      requestType: 'RENEW',
      oldSessionToken: tokens.sessionToken,
    });
    if (!renewed) throw new SnowflakeFailure('unreachable', 'The renewal brought no tokens');
    const sessionExpiresAtMs = askedAtMs + renewed.validityInSecondsST * 1000;
    return {
      sessionToken: renewed.sessionToken,
      masterToken: renewed.masterToken,
      sessionExpiresAtMs,
      masterExpiresAtMs: askedAtMs + renewed.validityInSecondsMT * 1000,
      renewAfterMs: renewAfter(askedAtMs, sessionExpiresAtMs),
    };
  }

  async heartbeat(endpoint: Endpoint, tokens: SessionTokens): Promise<void> {
    await this.call(endpoint, 'POST', '/session/heartbeat', tokens.sessionToken, {});
  }

  /** Ends the session in Snowflake for everybody. */
  async end(endpoint: Endpoint, tokens: SessionTokens): Promise<void> {
    await this.call(endpoint, 'POST', '/session?delete=true', tokens.sessionToken, {});
  }

  async abortQuery(endpoint: Endpoint, tokens: SessionTokens, queryId: string): Promise<void> {
    await this.abort(endpoint, tokens, `/queries/${encodeURIComponent(queryId)}/abort-request`, {});
  }

  /** Also fences: a statement that has not arrived yet is not run under an aborted request id. */
  async abortRequest(endpoint: Endpoint, tokens: SessionTokens, requestId: string): Promise<void> {
    await this.abort(endpoint, tokens, '/queries/v1/abort-request', { requestId });
  }

  /** Undefined where Snowflake has no data (yet): that says nothing about the query. */
  async monitor(endpoint: Endpoint, tokens: SessionTokens, queryId: string): Promise<MonitoredQuery | undefined> {
    const path = `/monitoring/queries/${encodeURIComponent(queryId)}`;
    const data = await this.call<{ queries?: MonitoredQuery[] }>(endpoint, 'GET', path, tokens.sessionToken);
    return data?.queries?.[0];
  }

  private async abort(endpoint: Endpoint, tokens: SessionTokens, path: string, body: object): Promise<void> {
    try {
      await this.call(endpoint, 'POST', path, tokens.sessionToken, body);
    } catch (error) {
      const notRunning = error instanceof SnowflakeFailure && error.facts.code?.padStart(6, '0') === NOT_RUNNING;
      if (!notRunning) throw error;
    }
  }

  private async call<Data>(
    { origin }: Endpoint,
    method: 'GET' | 'POST',
    path: string,
    token: string,
    body?: object,
  ): Promise<Data | undefined> {
    const url = new URL(path, origin);
    url.searchParams.set('requestId', randomUUID());
    const reply = await this.send<Data>(url, method, token, body);
    if (reply.success === true) return reply.data ?? undefined;
    const code = reply.code ?? undefined;
    const kind = code && SESSION_CODES.has(code) ? 'session' : 'refused';
    throw new SnowflakeFailure(kind, reply.message ?? 'Snowflake refused without a reason', { code });
  }

  private async send<Data>(url: URL, method: string, token: string, body?: object): Promise<Reply<Data>> {
    try {
      const response = await guardedFetch(this.egress, url, {
        method,
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          authorization: `Snowflake Token="${token}"`,
        },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return (await response.json()) as Reply<Data>;
    } catch (error) {
      throw new SnowflakeFailure('unreachable', 'Snowflake did not answer', {}, { cause: error });
    }
  }
}
