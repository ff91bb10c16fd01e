import type { ServiceClient } from '@snowflow/contracts/rpc/service-contract';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { register } from 'prom-client';
import { createClient } from './create-client';
import { Door, Ledger } from './fixture/ledger';
import { ledgerContract } from './fixture/ledger.contract';
import { Replica, sealer } from './fixture/replica';
import { runInScope } from './request-scope';
import { RpcCaller } from './rpc-caller';
import { streamDepths } from './rpc-metrics';

const asking = <Result>(work: () => Promise<Result>) => runInScope({ context: { correlationId: 'c-1' } }, work);
const shown = (name: string) => register.getSingleMetricAsString(name);

describe('Metrics of calls', () => {
  const door = new Door();
  const ledger = new Ledger((work) => (work === 'held' ? door.opened : Promise.resolve()));
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let replica: Replica;
  let caller: RpcCaller;
  let client: ServiceClient<typeof ledgerContract>;

  beforeAll(async () => {
    redis = await startRedis();
    replica = await Replica.start({ url: redis.url, ledger, concurrency: 1 });
    caller = new RpcCaller({ redisUrl: redis.url, sealer });
    client = createClient(ledgerContract, caller);
  });
  afterAll(async () => {
    await caller.close();
    await replica.stop();
    await redis.stop();
  });

  it('count each pattern on both sides by what it came to', async () => {
    await asking(() => client.echo({ note: 'a' }));
    await asking(() => client.fail({ note: 'expected' })).catch(() => undefined);
    await asking(() => client.fail({ note: 'canary' })).catch(() => undefined);
    for (const side of ['calls', 'requests']) {
      const counted = await shown(`snowflow_rpc_${side}_total`);
      expect(counted).toContain(`snowflow_rpc_${side}_total{pattern="ledger.echo",outcome="ok"} 1`);
      expect(counted).toContain(`snowflow_rpc_${side}_total{pattern="ledger.fail",outcome="NOT_FOUND"} 1`);
      expect(counted).toContain(`snowflow_rpc_${side}_total{pattern="ledger.fail",outcome="INTERNAL"} 1`);
      expect(counted).not.toContain('canary');
    }
    expect(await shown('snowflow_rpc_request_seconds')).toContain('_count{pattern="ledger.fail"} 2');
  });

  it('show what stands in a stream: what is worked on, and what nobody has read', async () => {
    const held = asking(() => client.hold({ note: 'held' }));
    await ledger.hasBegun(2);
    const waiting = [asking(() => client.echo({ note: 'b' })), asking(() => client.echo({ note: 'c' }))];
    await asking(() => client.echo({ note: 'd' }, { deadlineMs: 200 })).catch(() => undefined);
    const depth = await shown('snowflow_rpc_stream_requests');
    expect(depth).toContain('{service="ledger",state="unread"} 2');
    expect(depth).toContain('{service="ledger",state="unanswered"} 1');
    expect(await shown('snowflow_rpc_requests_under_way')).toContain('{service="ledger"} 1');
    expect(await shown('snowflow_rpc_calls_waiting')).toContain('snowflow_rpc_calls_waiting 3');
    door.open();
    await Promise.all([held, ...waiting]);
  });

  it('show nothing of a stream that nobody can tell about, rather than what was true before', async () => {
    streamDepths.set('silent', () => new Promise(() => undefined));
    streamDepths.set('gone', () => Promise.reject(new Error('Redis is away')));
    const depth = await shown('snowflow_rpc_stream_requests');
    expect(depth).toContain('{service="ledger",state="unread"} 0');
    expect(depth).not.toMatch(/silent|gone/);
    for (const service of ['silent', 'gone']) streamDepths.delete(service);
  });
});
