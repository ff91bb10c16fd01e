import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { Redis } from 'ioredis';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { PackedIndex } from './search-index';

const keyOf = (viewer: string) => `snowflow:catalog-index:${viewer}`;
const buildingKeyOf = (viewer: string) => `snowflow:catalog-indexing:${viewer}`;
const bindingOf = (viewer: string) => `${viewer}|catalog-index`;
const [packedBytes, unpackedBytes] = [promisify(gzip), promisify(gunzip)];

/** Indexes in Redis, each sealed to one person and set of active roles. Another's can't be opened, whatever key it was found under. */
export class IndexStore {
  constructor(
    private readonly redis: Redis,
    private readonly sealer: Sealer,
    private readonly lifeSeconds: number,
  ) {}

  /** Which index there is, which tells nothing of it. */
  async version(viewer: string): Promise<string | undefined> {
    return (await this.redis.hget(keyOf(viewer), 'version')) ?? undefined;
  }

  /** Undefined where there is none, or one that was sealed by a key that is gone. */
  async find(viewer: string): Promise<PackedIndex | undefined> {
    const sealed = await this.redis.hget(keyOf(viewer), 'sealed');
    if (sealed === null) return undefined;
    const opened = this.open(sealed, viewer);
    if (opened === undefined) return undefined;
    const text = await unpackedBytes(Buffer.from(opened, 'base64'));
    return JSON.parse(text.toString('utf8')) as PackedIndex; // written by `keep` only, and sealed
  }

  async keep(viewer: string, index: PackedIndex): Promise<void> {
    const bytes = await packedBytes(JSON.stringify(index), { level: 1 });
    const sealed = this.sealer.seal(bytes.toString('base64'), bindingOf(viewer));
    const key = keyOf(viewer);
    const version = `${index.asOfMs}`;
    await this.redis.multi().hset(key, { version, sealed }).expire(key, this.lifeSeconds).exec();
  }

  async forget(viewer: string): Promise<void> {
    await this.redis.del(keyOf(viewer), buildingKeyOf(viewer));
  }

  /** One process at a time reads for a viewer. The place ends by itself if the process does. */
  async takeBuilding(viewer: string, seconds: number): Promise<boolean> {
    return (await this.redis.set(buildingKeyOf(viewer), '1', 'EX', seconds, 'NX')) === 'OK';
  }

  async endBuilding(viewer: string): Promise<void> {
    await this.redis.del(buildingKeyOf(viewer));
  }

  private open(sealed: string, viewer: string): string | undefined {
    try {
      return this.sealer.open(sealed, bindingOf(viewer));
    } catch {
      return undefined;
    }
  }
}
