import type { IndexStore } from './index-store';
import { SearchIndex } from './search-index';

interface Shelved {
  version: string;
  index: SearchIndex;
}

/** The indexes that were searched last, unpacked, up to so many bytes. Redis says with each search which of them still holds. */
export class IndexShelf {
  private readonly shelved = new Map<string, Shelved>();
  private readonly unpacking = new Map<string, Promise<Shelved | undefined>>();
  private bytes = 0;

  constructor(
    private readonly store: IndexStore,
    private readonly mostBytes: number,
  ) {}

  async find(viewer: string): Promise<SearchIndex | undefined> {
    const version = await this.store.version(viewer);
    const known = this.take(viewer);
    if (version === undefined) return undefined;
    const found = known?.version === version ? known : await this.unpack(viewer, version);
    if (found) this.put(viewer, found);
    return found?.index;
  }

  /** Many keystrokes may wait for one unpacking. */
  private unpack(viewer: string, version: string): Promise<Shelved | undefined> {
    const key = `${viewer}@${version}`;
    const begun =
      this.unpacking.get(key) ??
      this.store
        .find(viewer)
        .then((packed) => packed && { version, index: new SearchIndex(packed) })
        .finally(() => this.unpacking.delete(key));
    this.unpacking.set(key, begun);
    return begun;
  }

  private take(viewer: string): Shelved | undefined {
    const known = this.shelved.get(viewer);
    if (known && this.shelved.delete(viewer)) this.bytes -= known.index.bytes;
    return known;
  }

  private put(viewer: string, shelved: Shelved): void {
    this.take(viewer);
    if (shelved.index.bytes > this.mostBytes) return;
    this.shelved.set(viewer, shelved);
    this.bytes += shelved.index.bytes;
    for (const oldest of this.shelved.keys()) {
      if (this.bytes <= this.mostBytes) return;
      this.take(oldest);
    }
  }
}
