import { setTimeout as delay } from 'node:timers/promises';
import { type LinedStack, ON_POSTGRES, SERVICES, type ServiceLine } from './service-lines';

/** Something is away for a while; it is over when `happen` resolves. */
export interface Outage {
  name: string;
  /** The services that can't work meanwhile. */
  struck: readonly string[];
  happen(): Promise<void>;
}

/** The stores end and are started again, at once or after a while, are there and silent, or there and full. */
export function storeOutages({ redis, postgres }: LinedStack, awayMs: number): Outage[] {
  const between = (begin: () => void | Promise<void>, end: () => void | Promise<void>) => async () => {
    await begin();
    await delay(awayMs);
    await end();
  };
  return [
    { name: 'Redis killed, started again', struck: SERVICES, happen: () => redis.restart('SIGKILL') },
    { name: 'Redis ended, started again', struck: SERVICES, happen: () => redis.restart('SIGTERM') },
    { name: 'Redis away', struck: SERVICES, happen: () => redis.restart('SIGKILL', awayMs) },
    {
      name: 'Redis there and silent',
      struck: SERVICES,
      happen: between(
        () => redis.freeze(),
        () => redis.thaw(),
      ),
    },
    { name: 'Postgres crashed, started again', struck: ON_POSTGRES, happen: () => postgres.crash() },
    { name: 'Postgres ended fast, started again', struck: ON_POSTGRES, happen: () => postgres.crash(0, 'SIGINT') },
    { name: 'Postgres away', struck: ON_POSTGRES, happen: () => postgres.crash(awayMs) },
    {
      name: 'Redis full',
      struck: SERVICES,
      happen: between(
        () => redis.fill(),
        () => redis.makeRoom(),
      ),
    },
    {
      name: 'Postgres set to take no writes, as where its disk is full',
      struck: ON_POSTGRES,
      happen: between(
        () => postgres.refuseWrites(),
        () => postgres.takeWrites(),
      ),
    },
  ];
}

/** Each line of each service is cut: its connections end and none is taken, or nothing passes any more and nobody is told. */
export function cutOutages({ lines }: LinedStack, awayMs: number): Outage[] {
  return lines.flatMap((each): Outage[] => [
    { name: `${nameOf(each)}, reset`, struck: struckBy(each), happen: () => each.line.cutFor(awayMs) },
    { name: `${nameOf(each)}, silent`, struck: struckBy(each), happen: () => each.line.loseFor(awayMs) },
  ]);
}

const nameOf = ({ app, to }: ServiceLine) => `${app} and ${to === 'rows' ? "connection-manager's rows" : to}`;

/** Rows and accounts are of some requests only: whoever can't read them works on. */
const struckBy = ({ app, to }: ServiceLine) => (to === 'Redis' || to === 'Postgres' ? [app] : []);
