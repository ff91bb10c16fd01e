import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildRoot, childEnv } from '../env';
import { freePort } from '../free-port';
import type { OauthProviderOptions } from './oauth-provider-options';

/** An authorization server in a process of its own. */
export interface OauthProvider {
  origin: string;
  issuer: string;
  stop(): Promise<void>;
}

/** Starts one on loopback; `dist/` must be built. Without `issuer` it is reached under its own origin. */
export async function startOauthProvider(
  options: Pick<OauthProviderOptions, 'mode' | 'users' | 'clients'> & Partial<OauthProviderOptions>,
): Promise<OauthProvider> {
  const port = options.port ?? (await freePort());
  const origin = `http://127.0.0.1:${port}`;
  const issuer = options.issuer ?? origin;
  const full: OauthProviderOptions = {
    rotate: true,
    refreshTokens: true,
    sendIss: true,
    accessTokenSeconds: 600,
    ...options,
    port,
    issuer,
  };
  const program = join(buildRoot(), 'libs/testing/src/oauth-provider/server.js');
  const child = spawn(process.execPath, [program, JSON.stringify(full)], {
    env: childEnv(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => Promise.reject(new Error('The authorization server ended while starting'))),
  ]);
  return {
    origin,
    issuer,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
