import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ServiceClient } from '@snowflow/contracts/rpc/service-contract';
import { DurableRedis } from '@snowflow/testing/durable-redis';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { eventually } from '@snowflow/testing/eventually';
import { Redis } from 'ioredis';
import { createClient } from './create-client';
import { Door, Ledger, SharedTotal } from './fixture/ledger';
import { ledgerContract } from './fixture/ledger.contract';
import { Replica, ReplicaOptions, sealer } from './fixture/replica';
import { runInScope } from './request-scope';
import { RpcCaller, RpcCallerOptions } from './rpc-caller';

const STREAM = 'rpc:requests:ledger';
const CLAIM_IDLE_MS = 150;
const asking = <Result>(work: () => Promise<Result>) => runInScope({ context: { correlationId: 'c-1' } }, work);

describe('delivery of requests', () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let redis: Redis;
  let client: ServiceClient<typeof ledgerContract>;
  let cleanUp: (() => Promise<unknown>)[];

  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    redis = new Redis(server.url);
    await redis.flushall();
    cleanUp = [];
    client = clientWith({});
  });
  afterEach(async () => {
    for (const step of cleanUp.reverse()) await step();
    await redis.quit();
  });

  function clientWith(options: Partial<RpcCallerOptions>): ServiceClient<typeof ledgerContract> {
    const caller = new RpcCaller({ redisUrl: server.url, sealer, ...options });
    cleanUp.push(() => caller.close());
    return createClient(ledgerContract, caller);
  }

  async function replica(options: Partial<ReplicaOptions> = {}): Promise<Replica> {
    const started = await Replica.start({ claimIdleMs: CLAIM_IDLE_MS, ...options, url: server.url });
    cleanUp.push(() => started.stop());
    return started;
  }

  /** A replica that hangs in whatever it gets, and then is killed. */
  async function doomed(options: Partial<ReplicaOptions> = {}): Promise<Replica> {
    const door = new Door();
    cleanUp.push(async () => door.open());
    return replica({ drainTimeoutMs: 0, ledger: new Ledger(() => door.opened), ...options });
  }

  it('hands each of 200 requests to exactly one of two replicas', async () => {
    const shared = new SharedTotal();
    // Neither is ever late for the other, however busy the machine is.
    const options = { shared, claimIdleMs: 5_000 };
    const [one, two] = [await replica(options), await replica(options)];
    const amounts = Array.from({ length: 200 }, (_, index) => index);
    await Promise.all(amounts.map((amount) => asking(() => client.add({ amount }))));
    const served = [...one.ledger.served, ...two.ledger.served];
    expect(served.sort()).toEqual(amounts.map((amount) => `add ${amount}`).sort());
    expect(shared.total).toBe(199 * 100);
    expect(one.ledger.served.length).toBeGreaterThan(0);
    expect(two.ledger.served.length).toBeGreaterThan(0);
  });

  it('keeps a request until a replica comes', async () => {
    const asked = asking(() => client.echo({ note: 'early' }));
    await eventually(async () => (await redis.xlen(STREAM)) === 1);
    await replica();
    expect(await asked).toMatchObject({ note: 'early' });
  });

  it('hands the read of a killed replica to another one', async () => {
    const victim = await doomed();
    const asked = asking(() => client.hold({ note: 'r' }));
    await victim.ledger.hasBegun(1);
    victim.die();
    const heir = await replica();
    expect(await asked).toEqual({ note: 'r' });
    expect(heir.ledger.served).toEqual(['r']);
    await eventually(async () => (await redis.xlen(STREAM)) === 0);
  });

  it('applies a keyed write once when its replica is killed after applying it', async () => {
    const shared = new SharedTotal();
    const victim = await doomed({ shared });
    const asked = asking(() => client.add({ amount: 5 }, { idempotencyKey: 'k' }));
    await victim.ledger.hasBegun(1);
    victim.die();
    const heir = await replica({ shared });
    expect(await asked).toEqual({ total: 5 });
    expect(heir.ledger.served).toEqual(['add 5']);
    expect(shared.total).toBe(5);
  });

  it('never repeats a write without a key: its caller hears that the outcome is unknown', async () => {
    const victim = await doomed();
    const asked = asking(() => client.add({ amount: 5 }));
    await victim.ledger.hasBegun(1);
    victim.die();
    const heir = await replica();
    await expect(asked).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(heir.ledger.served).toEqual([]);
    await eventually(async () => (await redis.xlen(STREAM)) === 0);
  });

  it('gives up a request that kills every replica', async () => {
    const logged: unknown[] = [];
    const asked = asking(() => client.hold({ note: 'poison' })).catch((error: unknown) => error);
    for (let delivery = 1; delivery <= 2; delivery++) {
      const victim = await doomed({ maxDeliveries: 2 });
      await victim.ledger.hasBegun(1);
      victim.die();
    }
    const note = (message: unknown) => void logged.push(message);
    const survivor = await replica({ maxDeliveries: 2, logger: { log: note, warn: note, error: note } });
    expect(await asked).toMatchObject({ code: 'INTERNAL' });
    expect(survivor.ledger.served).toEqual([]);
    const report = logged.find((message) => JSON.stringify(message).includes('poison request'));
    expect(report).toMatchObject({ pattern: 'ledger.hold', correlationId: 'c-1', deliveries: 3 });
    await eventually(async () => (await redis.xlen(STREAM)) === 0);
  });

  it('leaves a long request with the living replica that works on it', async () => {
    const door = new Door();
    // Long enough that a busy machine does not look like a dead replica.
    const claimIdleMs = 600;
    const busy = await replica({ claimIdleMs, ledger: new Ledger(() => door.opened) });
    const asked = asking(() => client.hold({ note: 'long' }));
    await busy.ledger.hasBegun(1);
    const bystander = await replica({ claimIdleMs });
    const start = Date.now();
    await eventually(() => Date.now() - start > claimIdleMs * 2);
    door.open();
    expect(await asked).toEqual({ note: 'long' });
    expect([busy.ledger.served, bystander.ledger.served]).toEqual([['long'], []]);
  });

  it('takes back a request that no replica took in time, and says that nothing was done', async () => {
    await expect(asking(() => client.add({ amount: 1 }, { deadlineMs: 500 }))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    expect(await redis.xlen(STREAM)).toBe(0);
    await redis.xgroup('CREATE', STREAM, 'service', '0');
    await expect(asking(() => client.add({ amount: 1 }, { deadlineMs: 500 }))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
  });

  it('says that nothing was done where the time was over before anybody listened for the reply', async () => {
    const unheard = clientWith({ redisUrl: 'redis://192.0.2.1:6379' });
    await expect(asking(() => unheard.add({ amount: 1 }, { deadlineMs: 60 }))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
  });

  it('ends a call at its deadline: plainly for what can be repeated, as unknown for what can not', async () => {
    const stuck = await doomed();
    // Long enough that each is begun on a busy machine, too.
    const deadlineMs = 400;
    const [read, keyed, unkeyed] = [
      asking(() => client.hold({ note: 'slow' }, { deadlineMs })),
      asking(() => client.add({ amount: 1 }, { deadlineMs, idempotencyKey: 'k' })),
      asking(() => client.add({ amount: 1 }, { deadlineMs })),
    ];
    await Promise.all([
      expect(read).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' }),
      expect(keyed).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' }),
      expect(unkeyed).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' }),
    ]);
    expect(stuck.ledger.served).toHaveLength(3);
  });

  it('ends nested calls no later than the request they serve', async () => {
    await doomed();
    const scope = { context: { correlationId: 'c-1' }, deadlineAtMs: Date.now() + 400 };
    await expect(runInScope(scope, () => client.echo({ note: 'x' }))).rejects.toMatchObject({
      code: 'DEADLINE_EXCEEDED',
    });
    expect(Date.now() - scope.deadlineAtMs).toBeLessThan(2_000);
    await expect(runInScope(scope, () => client.echo({ note: 'x' }))).rejects.toMatchObject({
      code: 'DEADLINE_EXCEEDED',
    });
  });

  it('drops requests whose caller has given up', async () => {
    const late = {
      id: 'x.1',
      pattern: 'ledger.echo',
      replyTo: 'rpc:replies:x',
      context: { correlationId: 'c-0' },
      deadlineAtMs: Date.now() - 1,
      sealed: false,
      data: '{"note":"late"}',
    };
    await redis.xadd(STREAM, '*', 'e', JSON.stringify(late));
    await redis.xadd(STREAM, '*', 'e', 'no envelope');
    const { ledger } = await replica();
    await asking(() => client.echo({ note: 'in time' }));
    expect(ledger.served).toEqual(['in time']);
    await eventually(async () => (await redis.xlen(STREAM)) === 0);
  });

  it('takes no more requests than a replica has room for, and leaves the rest to others', async () => {
    const door = new Door();
    const claimIdleMs = 5_000;
    const small = await replica({ concurrency: 2, claimIdleMs, ledger: new Ledger(() => door.opened) });
    const notes = ['a', 'b', 'c', 'd', 'e'];
    const asked = Promise.all(notes.map((note) => asking(() => client.hold({ note }))));
    await small.ledger.hasBegun(2);
    const helper = await replica({ claimIdleMs });
    await helper.ledger.hasBegun(3);
    expect(small.ledger.served).toHaveLength(2);
    door.open();
    await asked;
    expect([...small.ledger.served, ...helper.ledger.served].sort()).toEqual(notes);
  });

  it('refuses further calls when too many wait in the caller or in the stream', async () => {
    const door = new Door();
    const { ledger } = await replica({ concurrency: 1, ledger: new Ledger(() => door.opened) });
    const narrow = clientWith({ maxPending: 2 });
    const first = [asking(() => narrow.hold({ note: '1' })), asking(() => narrow.hold({ note: '2' }))];
    await expect(asking(() => narrow.hold({ note: '3' }))).rejects.toMatchObject({
      code: 'OVERLOADED',
      details: { retryAfterSeconds: 1 },
    });
    await ledger.hasBegun(1);
    const wary = clientWith({ maxBacklog: 2 });
    await eventually(async () => {
      const failure = await asking(() => wary.hold({ note: '4' }, { deadlineMs: 30 })).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'OVERLOADED' });
    });
    door.open();
    await Promise.all(first);
  });

  it('drains: what was begun is answered, what comes later waits for another replica', async () => {
    const door = new Door();
    const leaving = await replica({ ledger: new Ledger(() => door.opened) });
    const begun = asking(() => client.hold({ note: 'begun' }));
    await leaving.ledger.hasBegun(1);
    const closed = leaving.stop();
    await eventually(async () => (await redis.info('clients')).includes('blocked_clients:0'));
    const later = asking(() => client.hold({ note: 'later' }));
    await eventually(async () => (await redis.xlen(STREAM)) === 2);
    door.open();
    expect(await begun).toEqual({ note: 'begun' });
    await closed;
    expect(leaving.ledger.served).toEqual(['begun']);
    expect(await redis.xinfo('CONSUMERS', STREAM, 'service')).toEqual([]);
    const next = await replica();
    expect(await later).toEqual({ note: 'later' });
    expect(next.ledger.served).toEqual(['later']);
  });

  it('goes on after Redis lost its data', async () => {
    const { ledger } = await replica();
    await asking(() => client.echo({ note: 'before' }));
    await redis.flushall();
    expect(await asking(() => client.echo({ note: 'after' }))).toMatchObject({ note: 'after' });
    expect(ledger.served).toEqual(['before', 'after']);
  });

  it('goes on after its connections were cut', async () => {
    await replica();
    await asking(() => client.echo({ note: 'before' }));
    await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await eventually(async () => {
      expect(await asking(() => client.echo({ note: 'after' }, { deadlineMs: 500 }))).toMatchObject({ note: 'after' });
    });
  });

  it('says at once that a reply was missed while nobody listened', async () => {
    const door = new Door();
    const { ledger } = await replica({ ledger: new Ledger(() => door.opened) });
    const asked = asking(() => client.hold({ note: 'unheard' }, { deadlineMs: 60_000 })).catch(
      (error: unknown) => error,
    );
    await ledger.hasBegun(1);
    // Its caller listens again some 50 ms later; the reply goes out at once.
    await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    door.open();
    expect(await asked).toMatchObject({ code: 'UNAVAILABLE', details: { retryAfterSeconds: 2 } });
  });

  it('fails no call that is still worked on when its caller listens again', async () => {
    const door = new Door();
    const { ledger } = await replica({ ledger: new Ledger(() => door.opened) });
    const asked = asking(() => client.hold({ note: 'later' }));
    await ledger.hasBegun(1);
    await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await eventually(async () => (await redis.pubsub('CHANNELS', 'rpc:*')).length === 1);
    door.open();
    expect(await asked).toEqual({ note: 'later' });
  });

  it('leaves no call in the dark whose request was cut off on its way', async () => {
    const own = await DurableRedis.start();
    cleanUp.push(() => own.stop());
    const serving = await Replica.start({ claimIdleMs: CLAIM_IDLE_MS, url: own.url });
    cleanUp.push(() => serving.stop());
    const caller = new RpcCaller({ redisUrl: own.url, sealer });
    cleanUp.push(() => caller.close());
    const asker = createClient(ledgerContract, caller);
    const ask = () => asking(() => asker.echo({ note: 'x' }, { deadlineMs: 5_000 }));
    let isOver = false;
    const heard = new Set<unknown>();
    const loops = Array.from({ length: 50 }, async () => {
      while (!isOver) await ask().catch((error: unknown) => heard.add(error instanceof AppError && error.code));
    });
    await own.restart('SIGKILL', 1_500);
    await eventually(async () => {
      expect(await ask()).toMatchObject({ note: 'x' });
    });
    isOver = true;
    await Promise.all(loops);
    expect([...heard].filter((code) => code !== 'UNAVAILABLE')).toEqual([]);
  });

  it('refuses at once while Redis is away', async () => {
    const own = await startRedis();
    const caller = new RpcCaller({ redisUrl: own.url, sealer });
    cleanUp.push(() => caller.close());
    const orphan = createClient(ledgerContract, caller);
    await own.stop();
    await eventually(async () => {
      const asked = asking(() => orphan.echo({ note: 'x' }, { deadlineMs: 60 }));
      await expect(asked).rejects.toMatchObject({ code: 'UNAVAILABLE', details: { retryAfterSeconds: 2 } });
    });
  });
});
