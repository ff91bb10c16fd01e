import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ServiceClient } from '@snowflow/contracts/rpc/service-contract';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { Redis } from 'ioredis';
import { createClient } from './create-client';
import { Door, Ledger } from './fixture/ledger';
import { ledgerContract } from './fixture/ledger.contract';
import { Replica, sealer } from './fixture/replica';
import { runInScope } from './request-scope';
import { RpcCaller } from './rpc-caller';

const context = { correlationId: 'c-1', tenantId: 'ten_1', sessionId: 'ses_1', userId: 'usr_1' };
const asking = <Result>(work: () => Promise<Result>) => runInScope({ context }, work);

describe('a typed call over Redis Streams', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let replica: Replica;
  let caller: RpcCaller;
  let client: ServiceClient<typeof ledgerContract>;
  const logged: unknown[] = [];
  const note = (message: unknown) => void logged.push(message);

  beforeAll(async () => {
    redis = await startRedis();
    replica = await Replica.start({ url: redis.url, logger: { log: note, warn: note, error: note } });
    caller = new RpcCaller({ redisUrl: redis.url, sealer });
    client = createClient(ledgerContract, caller);
  });
  afterAll(async () => {
    await caller.close();
    await replica.stop();
    await redis.stop();
  });

  it('answers in the context and with the idempotency key of the caller', async () => {
    const reply = await asking(() => client.echo({ note: 'hello' }, { idempotencyKey: 'k-1' }));
    expect(reply).toEqual({ note: 'hello', context, key: 'k-1' });
  });

  it('carries the context into calls that a handler makes', async () => {
    expect(await asking(() => client.relay({ note: 'nested' }))).toMatchObject({ note: 'nested', context });
  });

  it('keeps the contexts of concurrent calls apart', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `c-${index}`);
    const replies = await Promise.all(
      ids.map((correlationId) => runInScope({ context: { correlationId } }, () => client.relay({ note: 'x' }))),
    );
    expect(replies.map((reply) => reply.context.correlationId)).toEqual(ids);
  });

  it('refuses a call outside of any request', async () => {
    await expect(client.echo({ note: 'x' })).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('names the fields of an input that is not valid', async () => {
    const unknownMember = { note: 'x'.repeat(41), extra: 1 };
    await expect(asking(() => client.echo(unknownMember))).rejects.toMatchObject({
      code: 'VALIDATION',
      details: { errors: expect.arrayContaining([{ path: 'note', message: expect.any(String) }]) },
    });
    await expect(asking(() => client.echo(unknownMember))).rejects.toMatchObject({
      details: { errors: expect.arrayContaining([{ path: 'extra', message: 'property extra should not exist' }]) },
    });
  });

  it('hands the error of a handler to the caller as it was thrown', async () => {
    const failure = await asking(() => client.fail({ note: 'expected' })).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({
      code: 'NOT_FOUND',
      message: 'No such entry.',
      details: { extensions: { entry: 7 } },
    });
  });

  it('answers INTERNAL for what nobody expected and logs it without its text', async () => {
    logged.length = 0;
    const failure = await asking(() => client.fail({ note: 'canary-7f' })).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'INTERNAL' });
    expect(JSON.stringify(failure)).not.toContain('canary-7f');
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatchObject({ pattern: 'ledger.fail', correlationId: 'c-1', error: 'Error' });
    expect(JSON.stringify(logged)).not.toContain('canary-7f');
  });

  it('answers INTERNAL for a reply that is not JSON', async () => {
    await expect(asking(() => client.circular({}))).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('answers UNKNOWN_PATTERN for an operation that the replica does not have', async () => {
    await expect(asking(() => client.unserved({}))).rejects.toMatchObject({ code: 'UNKNOWN_PATTERN' });
  });

  it('leaves nothing of a finished request in Redis', async () => {
    const plain = new Redis(redis.url);
    await asking(() => client.echo({ note: 'gone' }));
    expect(await plain.xlen('rpc:requests:ledger')).toBe(0);
    expect(await plain.xpending('rpc:requests:ledger', 'service')).toEqual([0, null, null, null]);
    await plain.quit();
  });

  it('shows a sealed request and its reply to nobody who reads Redis', async () => {
    const door = new Door();
    const ledger = new Ledger(() => door.opened);
    const other = await startRedis();
    const held = await Replica.start({ url: other.url, ledger });
    const otherCaller = new RpcCaller({ redisUrl: other.url, sealer });
    const plain = new Redis(other.url);
    const listener = plain.duplicate();
    const heard: string[] = [];
    listener.on('pmessage', (_pattern: string, _channel: string, message: string) => heard.push(message));
    await listener.psubscribe('rpc:replies:*');

    const asked = asking(() => createClient(ledgerContract, otherCaller).secret({ note: 'canary-81' }));
    await ledger.hasBegun(1);
    expect(ledger.served).toEqual(['canary-81']);
    const waiting = JSON.stringify(await plain.xrange('rpc:requests:ledger', '-', '+'));
    expect(waiting).toContain('ledger.secret');
    expect(waiting).not.toContain('canary-81');
    door.open();
    expect(await asked).toEqual({ note: 'canary-81' });
    expect(heard).toHaveLength(1);
    expect(heard.join()).not.toContain('canary-81');

    plain.disconnect();
    listener.disconnect();
    await otherCaller.close();
    await held.stop();
    await other.stop();
  });
});
