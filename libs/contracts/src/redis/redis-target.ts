import { type SentinelTarget, sentinelTarget } from './sentinel-target';
import { credentialsOf, databaseOf, parametersOf } from './url-parts';

/** Options of an ioredis connection to one address. */
export interface AddressTarget {
  host: string;
  port: number;
  username?: string;
  password?: string;
  db: number;
  family?: number;
  /** TLS with the authorities that Node knows. */
  tls?: Record<string, never>;
}

/** Options of an ioredis connection that say where it leads. */
export type RedisTarget = AddressTarget | SentinelTarget;

const PORT = 6379;

/**
 * Where a connection to Redis leads, as `REDIS_URL` says it: `redis://[user:password@]host[:port][/db]`, or by its sentinels
 * `redis+sentinel://[user:password@]host[:port][,host[:port]…]/master[?db=…&sentinelUsername=…&sentinelPassword=…]`; `rediss` in place of
 * `redis` is TLS. Throws what is wrong, to be read behind the variable's name; it quotes nothing of the URL.
 */
export function redisTarget(url: string): RedisTarget {
  return /^rediss?\+sentinel:/i.test(url) ? sentinelTarget(url) : addressTarget(url);
}

function addressTarget(text: string): AddressTarget {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^rediss?:$/.test(url.protocol)) {
    throw new Error('is no URL that begins with redis://, rediss://, redis+sentinel:// or rediss+sentinel://');
  }
  if (url.hostname === '') throw new Error('names no host');
  const { db, family } = parametersOf(url.search, ['db', 'family']);
  if (family !== undefined && !/^[046]$/.test(family)) throw new Error('has a family that is none of 0, 4, 6');
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || PORT),
    ...credentialsOf(url.username, url.password),
    db: databaseOf(url.pathname.slice(1) || db),
    ...(family ? { family: Number(family) } : {}),
    ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
  };
}
