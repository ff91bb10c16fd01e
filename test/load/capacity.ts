import type { Row } from '../../bench/report';
import type { LoadGenerator } from './load-generator';
import type { Outcome } from './orders';

const USERS = [8, 16, 32, 48];
const SECONDS = 10;
const WARM_UP = { users: 16, seconds: 20 };

/** The most that is done when everybody waits for an answer before they go on, and with how many of them that is. */
export interface Capacity {
  users: number;
  best: Outcome;
  rows: Row[];
}

export async function capacityOf(generator: LoadGenerator): Promise<Capacity> {
  await generator.come(WARM_UP);
  const found: { users: number; outcome: Outcome }[] = [];
  for (const users of USERS) found.push({ users, outcome: await generator.come({ users, seconds: SECONDS }) });
  const most = found.reduce((best, one) => (one.outcome.actsPerSecond > best.outcome.actsPerSecond ? one : best));
  return {
    users: most.users,
    best: most.outcome,
    rows: found.map(({ users, outcome }) => ({
      what: `${users} users, each goes on when answered`,
      value: told(outcome),
      compared: (outcome.acceptedPerSecond / most.outcome.acceptedPerSecond).toFixed(2),
    })),
  };
}

/** A phase in one line. */
export const told = ({ acceptedPerSecond, p50Ms, p95Ms, p99Ms, runP95Ms }: Outcome): string =>
  `${acceptedPerSecond.toFixed(0)}/s, p50 ${p50Ms.toFixed(0)} ms, p95 ${p95Ms.toFixed(0)} ms, p99 ${p99Ms.toFixed(0)} ms; a run p95 ${runP95Ms.toFixed(0)} ms`;
