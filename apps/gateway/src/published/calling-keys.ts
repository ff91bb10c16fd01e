import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ApiKeyIdentity } from '@snowflow/contracts/auth/api-keys.dto';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { CallingKey } from '@snowflow/contracts/workflow/publication.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { runInScope } from '@snowflow/transport/request-scope';
import type { FastifyRequest } from 'fastify';
import { RefusedRequests } from '../throttling/refused-requests';
import { CallCounts } from './call-counts';

const KEY = /^sfk_[A-Za-z0-9]{16,40}_[A-Za-z0-9_-]{43}$/;
/** So long a key need not be looked up again; that it was revoked meanwhile, Redis tells with every call. */
const REMEMBERED_MS = 1_000;
const AT_MOST = 10_000;

/** Who calls, by the X-API-Key header. Only a hash of the key leaves this class. */
@Injectable()
export class CallingKeys {
  private readonly known = new Map<string, { until: number; identity: Promise<ApiKeyIdentity> }>();

  constructor(
    @InjectClient(authContract) private readonly auth: AuthClient,
    private readonly counts: CallCounts,
    private readonly refused: RefusedRequests,
  ) {}

  /** Runs the work for the key's tenant. `isCall`: it counts as a call of the key's day. */
  async as<Result>(
    request: FastifyRequest,
    isCall: boolean,
    work: (key: CallingKey) => Promise<Result>,
  ): Promise<Result> {
    const { id, name, publications, limits, tenantId } = await this.identify(request, isCall);
    const context = { correlationId: request.id, tenantId };
    return runInScope({ context }, () => work({ id, name, scope: { publications }, limits }));
  }

  /** Throws UNAUTHENTICATED or KEY_EXPIRED where the request's key, which was one, is none any more. Nothing is counted. */
  async assertStill(request: FastifyRequest): Promise<void> {
    const hash = hashOf(String(request.headers['x-api-key']));
    const { endsAtMs } = await this.find(hash);
    if (endsAtMs <= Date.now()) await this.auth.identifyApiKey({ hash });
  }

  private async identify(request: FastifyRequest, isCall: boolean): Promise<ApiKeyIdentity> {
    const key = request.headers['x-api-key'];
    try {
      if (typeof key !== 'string' || !KEY.test(key)) throw noKey();
      const hash = hashOf(key);
      const known = await this.find(hash);
      // By this clock it is over; auth says so, or that it is not.
      const identity = known.endsAtMs <= Date.now() ? await this.auth.identifyApiKey({ hash }) : known;
      await this.counts.admit(hash, identity, isCall);
      return identity;
    } catch (error) {
      const isRefused = error instanceof AppError && (error.code === 'UNAUTHENTICATED' || error.code === 'KEY_EXPIRED');
      if (isRefused) await this.refused.count(request.ip);
      throw error;
    }
  }

  private find(hash: string): Promise<ApiKeyIdentity> {
    const before = this.known.get(hash);
    if (before && before.until > Date.now()) return before.identity;
    if (this.known.size >= AT_MOST) this.known.clear();
    const identity = this.auth.identifyApiKey({ hash });
    this.known.set(hash, { until: Date.now() + REMEMBERED_MS, identity });
    identity.catch(() => this.known.delete(hash));
    return identity;
  }
}

const hashOf = (key: string) => createHash('sha256').update(key).digest('base64url');

function noKey(): AppError {
  return new AppError('UNAUTHENTICATED', 'Give the API key in the header X-API-Key.');
}
