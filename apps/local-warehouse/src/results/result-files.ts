import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { ResultChunk } from './result';

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** The files that hold what a reply does not carry itself. Nothing outlives the process: results belong to its sessions. */
export class ResultFiles {
  private constructor(private readonly folder: string) {}

  static async open(dataDir: string): Promise<ResultFiles> {
    const folder = join(dataDir, 'results');
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return new ResultFiles(folder);
  }

  async writeChunk(queryId: string, number: number, rows: readonly string[]): Promise<ResultChunk> {
    const body = Buffer.from(rows.join(','));
    const packed = await compress(body, { level: 1 });
    await writeFile(this.path(queryId, number), packed);
    return { rowCount: rows.length, uncompressedSize: body.length, compressedSize: packed.length };
  }

  /** The gzipped rows of a chunk. */
  readChunk(queryId: string, number: number): Promise<Buffer> {
    return readFile(this.path(queryId, number));
  }

  async readRows(queryId: string, number: number): Promise<string> {
    return (await expand(await this.readChunk(queryId, number))).toString();
  }

  async writeHead(queryId: string, head: string): Promise<void> {
    await writeFile(this.path(queryId, 'head'), await compress(Buffer.from(head), { level: 1 }));
  }

  async readHead(queryId: string): Promise<string> {
    return (await expand(await readFile(this.path(queryId, 'head')))).toString();
  }

  async remove(queryId: string, chunks: number): Promise<void> {
    const numbers = Array.from({ length: chunks }, (_, number) => number);
    await Promise.all([...numbers, 'head' as const].map((part) => rm(this.path(queryId, part), { force: true })));
  }

  private path(queryId: string, part: number | 'head'): string {
    return join(this.folder, `${queryId}.${part}.gz`);
  }
}
