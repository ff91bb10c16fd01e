import { setTimeout as delay } from 'node:timers/promises';
import { inLoops } from '../../bench/measure';
import { Acts } from './acts';
import type { Answer, Arrival, Crowd, Order, Outcome } from './orders';
import { Requests } from './requests';
import { Tally } from './tally';

/** A process of its own, so that what it does is no part of what it measures. It does as it is told by messages, and answers each. */
let crowd: Crowd | undefined;
let acts: Acts | undefined;

async function perform(order: Order): Promise<Outcome | undefined> {
  if ('crowd' in order) {
    crowd = order.crowd;
    acts = new Acts(crowd, new Requests(crowd.gatewayUrl));
    return undefined;
  }
  if (!crowd || !acts) throw new Error('There is no crowd yet');
  if ('tokens' in order) {
    crowd.people.forEach((person, index) => (person.token = order.tokens[index] ?? person.token));
    return undefined;
  }
  const tally = new Tally(order.arrival.seconds);
  await arrive(acts, order.arrival, tally);
  return tally.outcome();
}

/** Ends when all that was begun is answered. */
async function arrive(who: Acts, arrival: Arrival, tally: Tally): Promise<void> {
  const startedAt = performance.now();
  const endsAt = startedAt + arrival.seconds * 1000;
  if ('users' in arrival) {
    const user = async () => {
      while (performance.now() < endsAt) await who.next(tally);
    };
    return inLoops(user, arrival.users, arrival.users);
  }
  const begun = new Set<Promise<void>>();
  for (let index = 0; performance.now() < endsAt; index++) {
    const lateMs = performance.now() - startedAt - (index * 1000) / arrival.perSecond;
    if (lateMs < 0) await delay(-lateMs);
    tally.late(lateMs);
    const one: Promise<void> = who.next(tally).finally(() => begun.delete(one));
    begun.add(one);
  }
  await Promise.all(begun);
}

process.on('message', ({ turn, order }: { turn: number; order: Order }) => {
  perform(order).then(
    (outcome) => process.send?.({ turn, outcome } satisfies Answer),
    (error: unknown) => process.send?.({ turn, error: String(error) } satisfies Answer),
  );
});
// Whom it worked for is gone, and the servers with them.
process.on('disconnect', () => process.exit());
