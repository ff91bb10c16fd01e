import { Inject, Injectable } from '@nestjs/common';
import type { OauthClientDto } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { OauthProvider } from '@snowflow/contracts/sessions/session-record';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Redis } from 'ioredis';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { SEALER } from '../core-tokens';

const LIFE_SECONDS = 600;
const keyOf = (hash: string) => `snowflow:oauth-state:${hash}`;
const sealBinding = (hash: string) => `oauth-state|${hash}`;
const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url');
const random = () => randomBytes(32).toString('base64url');

/** A refresh token that is to be stored: by whom, and under a new name or in place of a credential's. */
export interface PendingGrant {
  userId: string;
  sessionId: string;
  name?: string;
  credentialId?: string;
}

/**
 * What the callback needs to know of the start. The client is named; only one that nobody has kept yet is carried along. With a `grant`
 * nobody is signed in.
 */
export interface PendingOauth {
  account: string;
  provider: OauthProvider;
  role?: string;
  next: string;
  redirectUri: string;
  codeVerifier: string;
  tenantId?: string;
  setup?: OauthClientDto;
  grant?: PendingGrant;
}

/** What goes out to the browser and the provider. */
export interface IssuedState {
  state: string;
  binding: string;
  codeChallenge: string;
}

/**
 * Browsers on their way through a provider: sealed, for ten minutes, good once, and only in the browser that started. Redis knows the
 * state and the browser's secret by their hashes alone.
 */
@Injectable()
export class OauthStates {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  async issue(pending: Omit<PendingOauth, 'codeVerifier'>): Promise<IssuedState> {
    const [state, binding, codeVerifier] = [random(), random(), random()];
    const hash = hashOf(state);
    const text = JSON.stringify({ ...pending, codeVerifier, bindingHash: hashOf(binding) });
    await this.redis.set(keyOf(hash), this.sealer.seal(text, sealBinding(hash)), 'EX', LIFE_SECONDS);
    return { state, binding, codeChallenge: hashOf(codeVerifier) };
  }

  /** Takes the state: it is gone, whether or not the browser is the one that started. */
  async take(state: string, binding: string): Promise<PendingOauth> {
    const hash = hashOf(state);
    const sealed = await this.redis.getdel(keyOf(hash));
    if (sealed === null) throw invalid();
    const { bindingHash, ...pending } = JSON.parse(this.sealer.open(sealed, sealBinding(hash))) as PendingOauth & {
      bindingHash: string;
    };
    if (!timingSafeEqual(Buffer.from(bindingHash), Buffer.from(hashOf(binding)))) throw invalid();
    return pending;
  }
}

function invalid(): AppError {
  return new AppError(
    'OAUTH_STATE_INVALID',
    'This sign-in was not started in this browser, was used already, or took longer than ten minutes. Start it again.',
  );
}
