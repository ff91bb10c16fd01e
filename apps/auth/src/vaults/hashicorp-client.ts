import { Logger } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const RETRY_AFTER_MS = [100, 300];
/** By Vault's documentation: not consistent yet, throttled or standby, and whatever is wrong on its side for the moment. */
const PASSING = new Set([412, 429, 472, 473, 500, 502, 503, 504]);
const NOT_FOUND = 404;
const REFUSED = 403;
const BAD_REQUEST = 400;

const answerSchema = z.object({ data: z.unknown() });

export interface HashicorpOptions {
  /** The origin of the vault. */
  address: string;
  /** Read for every request: an agent beside SnowFlow renews the token. */
  tokenFile: string;
  /** Empty for the root namespace. */
  namespace: string;
  timeoutMs: number;
}

export interface VaultRequest {
  method: 'GET' | 'POST' | 'DELETE';
  /** Below /v1/; its segments are encoded already. */
  path: string;
  body?: object;
  /** It changes nothing, or the same again: it is asked anew when the vault fails for a moment. */
  repeatable: boolean;
}

/** HTTP to a HashiCorp Vault. What it throws and logs names the path and the status, never a body or the token. */
export class HashicorpClient {
  private readonly logger = new Logger(HashicorpClient.name);

  constructor(private readonly options: HashicorpOptions) {}

  /** The `data` of the answer; undefined where nothing is there, or nothing was answered. */
  async request(request: VaultRequest): Promise<unknown> {
    const response = await this.respond(request);
    if (response.status === NOT_FOUND || response.status === 204) return undefined;
    if (response.status !== 200) throw this.failure(request, response.status);
    const answer = answerSchema.safeParse(await response.json().catch(() => undefined));
    if (!answer.success) throw this.failure(request, 'an answer that is not JSON of a vault');
    return answer.data.data;
  }

  private async respond(request: VaultRequest): Promise<Response> {
    for (let attempt = 0; ; attempt += 1) {
      const response = await this.send(request);
      const pauseMs = RETRY_AFTER_MS[attempt];
      const isPassing = response === 'no connection' || (response instanceof Response && PASSING.has(response.status));
      if (!isPassing || !request.repeatable || pauseMs === undefined) {
        if (response instanceof Response) return response;
        throw this.failure(request, response);
      }
      if (response instanceof Response) await response.body?.cancel();
      await delay(pauseMs);
    }
  }

  /** Who did not answer in time is not asked again: somebody waits. A redirect is not followed: it would get the token. */
  private async send({ method, path, body }: VaultRequest): Promise<Response | 'no connection' | 'no answer in time'> {
    const { address, namespace, timeoutMs } = this.options;
    const headers: Record<string, string> = { 'X-Vault-Token': await this.token(), 'X-Vault-Request': 'true' };
    if (namespace) headers['X-Vault-Namespace'] = namespace;
    if (body) headers['Content-Type'] = 'application/json';
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      return await fetch(new URL(`/v1/${path}`, address), {
        method,
        headers,
        body: body && JSON.stringify(body),
        redirect: 'manual',
        signal,
      });
    } catch {
      return signal.aborted ? 'no answer in time' : 'no connection';
    }
  }

  private async token(): Promise<string> {
    const token = await readFile(this.options.tokenFile, 'utf8').catch(() => '');
    if (token.trim()) return token.trim();
    this.logger.error('VAULT_TOKEN_FILE can not be read or is empty');
    throw new AppError(
      'UNAVAILABLE',
      'SnowFlow has no token for its vault. Tell the operator to look at VAULT_TOKEN_FILE.',
    );
  }

  private failure({ method, path }: VaultRequest, outcome: number | string): AppError {
    this.logger.warn({ method, path, outcome }, 'The vault did not do what was asked');
    if (outcome === REFUSED) {
      return new AppError(
        'UNAVAILABLE',
        'The vault does not let SnowFlow in. Tell the operator to look at its token and policy.',
      );
    }
    if (outcome === BAD_REQUEST) {
      return new AppError(
        'INTERNAL',
        'The vault can not open this: it was changed, or its key is gone. Tell the operator the correlation id.',
      );
    }
    return new AppError(
      'UNAVAILABLE',
      'The vault that keeps the secrets does not answer as it should. Try again soon.',
    );
  }
}
