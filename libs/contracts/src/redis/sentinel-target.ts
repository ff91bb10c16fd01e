import { credentialsOf, databaseOf, parametersOf } from './url-parts';

/** Options of an ioredis connection to whichever Redis its sentinels call the master at that moment. */
export interface SentinelTarget {
  sentinels: { host: string; port: number }[];
  name: string;
  role: 'master';
  username?: string;
  password?: string;
  db: number;
  sentinelUsername?: string;
  sentinelPassword?: string;
  /** Of the connection to Redis; TLS with the authorities that Node knows. */
  tls?: Record<string, never>;
  enableTLSForSentinelMode?: boolean;
  sentinelTLS?: Record<string, never>;
  sentinelCommandTimeout: number;
  updateSentinels: false;
  failoverDetector: false;
  retryStrategy(attempt: number): number;
}

const FORM = /^redis(s?)\+sentinel:\/\/(?:([^/?#]*)@)?([^/?#@]+)(?:\/([^/?#]*))?\/?(?:\?([^#]*))?$/i;
const ADDRESS = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/i;
/** What Redis allows in the name of a master. */
const NAME = /^[\w.-]+$/;
const PORT = 26379;

/**
 * How every connection asks. A sentinel that does not answer is passed over for the next one. Only those that the operator named are asked:
 * what they say of each other may be addresses of another network, or of pods that are gone. While there is no master they are asked every
 * second at the latest. ioredis' own detector of failovers stays off: a word of it that comes while sentinels are being asked ends the
 * connection for good. It is not needed: a dead master cuts connections, a silent one is given up, and one that was replaced is told by
 * the sentinels to close them.
 */
const ASKING = {
  role: 'master',
  sentinelCommandTimeout: 2_000,
  updateSentinels: false,
  failoverDetector: false,
  retryStrategy: (attempt: number): number => Math.min(attempt * 100, 1_000),
} as const;

const TLS = { tls: {}, enableTLSForSentinelMode: true, sentinelTLS: {} } as const;

/** Reads `redis+sentinel://…`; throws what is wrong with it and quotes nothing of it. */
export function sentinelTarget(url: string): SentinelTarget {
  const [, secure, userAndPassword = '', addresses = '', name = '', query = ''] = FORM.exec(url) ?? [];
  if (!addresses) throw new Error('names no sentinels, as redis+sentinel://host:port,host:port/master');
  if (!NAME.test(name)) throw new Error('does not name the master behind its sentinels, as /mymaster');
  const parameters = parametersOf(query, ['db', 'sentinelUsername', 'sentinelPassword']);
  const { sentinelUsername, sentinelPassword } = parameters;
  const [username, ...password] = userAndPassword.split(':');
  return {
    sentinels: addresses.split(',').map(sentinelAt),
    name,
    ...credentialsOf(username, password.join(':')),
    db: databaseOf(parameters['db']),
    ...(sentinelUsername ? { sentinelUsername } : {}),
    ...(sentinelPassword ? { sentinelPassword } : {}),
    ...(secure ? TLS : {}),
    ...ASKING,
  };
}

function sentinelAt(address: string): { host: string; port: number } {
  const [, six, host = six, digits] = ADDRESS.exec(address) ?? [];
  const port = digits === undefined ? PORT : Number(digits);
  if (!host || port < 1 || port > 65_535) throw new Error('has a sentinel that is not a host and a port');
  return { host, port };
}
