import { KeyRing } from '@snowflow/platform/security/key-ring';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';
import { IndexShelf } from './index-shelf';
import { IndexStore } from './index-store';
import { packed, SearchIndex } from './search-index';

const known = { rowCount: null, bytes: null, owner: null, comment: null, createdAtMs: null, secure: false };
const indexAt = (asOfMs: number) =>
  packed([{ ...known, kind: 'table', database: 'D', schema: 'S', name: 'T' }], asOfMs, true);

describe('The shelf of unpacked indexes', () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let redis: Redis;
  let store: IndexStore;

  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
    store = new IndexStore(redis, new KeyRing(`test:${randomBytes(32).toString('base64')}`), 600);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  it('holds no more than its bytes, those searched last', async () => {
    const shelf = new IndexShelf(store, 2 * new SearchIndex(indexAt(1)).bytes);
    for (const viewer of ['a', 'b', 'c']) await store.keep(viewer, indexAt(1));
    const [a, b] = [await shelf.find('a'), await shelf.find('b')];
    expect(await shelf.find('a')).toBe(a);
    await shelf.find('c');
    expect(await shelf.find('a')).toBe(a);
    expect(await shelf.find('b')).not.toBe(b);
  });

  it('gives what was kept since, and nothing that was forgotten', async () => {
    const shelf = new IndexShelf(store, 1_000_000);
    await store.keep('d', indexAt(1));
    expect((await shelf.find('d'))?.asOfMs).toBe(1);
    await store.keep('d', indexAt(2));
    expect((await shelf.find('d'))?.asOfMs).toBe(2);
    await store.forget('d');
    expect(await shelf.find('d')).toBeUndefined();
  });
});
