import type { ServiceClient } from '@snowflow/contracts/rpc/service-contract';
import { eventually } from '@snowflow/testing/eventually';
import { freePort } from '@snowflow/testing/free-port';
import { SentinelRedis } from '@snowflow/testing/sentinel-redis';
import { createClient } from './create-client';
import { SharedTotal } from './fixture/ledger';
import { ledgerContract } from './fixture/ledger.contract';
import { Replica, sealer } from './fixture/replica';
import { runInScope } from './request-scope';
import { RpcCaller } from './rpc-caller';

const asking = <Result>(work: () => Promise<Result>) => runInScope({ context: { correlationId: 'c-1' } }, work);
/** A silent master is noticed after eight seconds by those who wait for its answer. */
const BACK_MS = 30_000;

describe('Calls over a Redis that sentinels watch', () => {
  let redis: SentinelRedis;
  let replica: Replica | undefined;
  let caller: RpcCaller;
  let client: ServiceClient<typeof ledgerContract>;
  const shared = new SharedTotal();
  const note = 'a note';
  const answered = () =>
    eventually(async () => (await asking(() => client.echo({ note }, { deadlineMs: 1_000 }))).note === note, BACK_MS);

  beforeAll(async () => {
    redis = await SentinelRedis.start();
    caller = new RpcCaller({ redisUrl: redis.url, sealer });
    client = createClient(ledgerContract, caller);
  }, 60_000);
  afterAll(async () => {
    await caller?.close();
    await replica?.stop();
    await redis?.stop();
  }, 60_000);

  it('have no server that starts while no sentinel answers: the start says so and none of the passwords', async () => {
    const url = `redis+sentinel://:canary@127.0.0.1:${await freePort()}/snowflow?sentinelPassword=canary`;
    const failure = await Replica.start({ url }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: expect.stringContaining('All sentinels are unreachable') });
    expect(String(failure)).not.toContain('canary');
  });

  it('are answered again by themselves where the master falls silent, and after it has come back as a replica', async () => {
    replica = await Replica.start({ url: redis.url, shared });
    await answered();
    const silent = await redis.strike('SIGSTOP');
    await redis.replaced(silent);
    await answered();
    await redis.revive(silent);
    await redis.linked(silent);
    await answered();
    expect(await asking(() => client.add({ amount: 1 }))).toEqual({ total: 1 });
  }, 180_000);

  it('that nobody has read stand in the replica that is promoted where the master is killed', async () => {
    await replica?.stop();
    const before = shared.total;
    const waiting = asking(() => client.add({ amount: 5 }, { idempotencyKey: 'k-1', deadlineMs: 25_000 }));
    await redis.masterHas(async (master) => (await master.xlen('rpc:requests:ledger')) === 1);
    await redis.replicated();
    const killed = await redis.strike('SIGKILL');
    await redis.replaced(killed);
    // A reply that is published before the caller listens again would be one more that nobody heard.
    await redis.masterHas(async (master) => (await master.pubsub('CHANNELS', 'rpc:replies:*')).length === 1);
    replica = await Replica.start({ url: redis.url, shared });
    expect(await waiting).toEqual({ total: before + 5 });
  }, 180_000);
});
