import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '@snowflow/platform/embedded/embedded-postgres';

/** A database of its own for one spec. */
export interface EphemeralDatabase {
  /** Connects as the owner, who makes schemas. */
  url: string;
  stop(): Promise<void>;
}

/**
 * A fresh database. One server serves all spec files of a process, and ends with the process: starting one takes a second, a
 * database some milliseconds.
 */
export async function startPostgres(): Promise<EphemeralDatabase> {
  const server = await sharedServer();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = name;
  return { url: url.href, stop: () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

let starting: Promise<string> | undefined;

/** Jest gives every spec file its own module registry and globals, so the server's address waits in a file named by the process. */
function sharedServer(): Promise<string> {
  starting ??= findOrStart();
  return starting;
}

async function findOrStart(): Promise<string> {
  const directory = join(tmpdir(), `snowflow-postgres-${process.pid}`);
  const addressFile = join(directory, 'url');
  const known = await readFile(addressFile, 'utf8').catch(() => undefined);
  if (known && (await isUp(known))) return known;
  await rm(directory, { recursive: true, force: true });
  const { url } = await startEmbeddedPostgres({
    directory,
    password: randomBytes(18).toString('hex'),
    disposable: true,
    background: true,
  });
  await writeFile(addressFile, url, { mode: 0o600 });
  return url;
}

async function isUp(url: string): Promise<boolean> {
  return administer(url, 'SELECT 1').then(
    () => true,
    () => false,
  );
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
