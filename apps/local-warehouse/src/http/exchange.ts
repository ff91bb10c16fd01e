import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

const compress = promisify(gzip);
const expand = promisify(gunzip);
const largestBody = 64 * 1024 * 1024;
const worthCompressing = 16 * 1024;

/** One request with what its routes need of it. */
export interface Exchange {
  url: URL;
  /** The text between the quotes of `Snowflake Token="…"`. */
  token: string | undefined;
  /** The role of a REST request. */
  role: string | undefined;
  body: Record<string, unknown>;
  /** Where this server was reached, for addresses that lead back to it. */
  origin: string;
}

export class BadRequest extends Error {}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field that should hold an object; anything else counts as empty. */
export const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export async function readExchange(request: IncomingMessage, origin: string): Promise<Exchange> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const buffer = Buffer.from(part as Uint8Array);
    size += buffer.length;
    if (size > largestBody) throw new BadRequest('The body is too large');
    parts.push(buffer);
  }
  return {
    url: new URL(request.url ?? '/', origin),
    token: /Token="([^"]*)"/.exec(request.headers.authorization ?? '')?.[1],
    role: roleOf(request.headers['x-snowflake-role']),
    body: await parseBody(Buffer.concat(parts), request.headers['content-encoding']),
    origin,
  };
}

/** A plain name counts as upper case, as in SQL; another stands in quotes. */
function roleOf(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string' || header === '') return undefined;
  const quoted = /^"(.*)"$/s.exec(header)?.[1];
  return quoted === undefined ? header.toUpperCase() : quoted.replaceAll('""', '"');
}

async function parseBody(raw: Buffer, encoding: string | undefined): Promise<Record<string, unknown>> {
  if (raw.length === 0) return {};
  try {
    const plain = encoding === 'gzip' ? await expand(raw, { maxOutputLength: largestBody }) : raw;
    return recordOf(JSON.parse(plain.toString()));
  } catch {
    throw new BadRequest('The body is not JSON');
  }
}

/** Answers JSON text; a large one is gzipped where the client takes it. */
export async function sendJson(request: IncomingMessage, response: ServerResponse, json: string, status = 200) {
  const headers: Record<string, string | number> = { 'content-type': 'application/json' };
  let body: Buffer = Buffer.from(json);
  if (body.length > worthCompressing && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
    body = await compress(body, { level: 1 });
    headers['content-encoding'] = 'gzip';
  }
  headers['content-length'] = body.length;
  response.writeHead(status, headers).end(body);
}

/** Answers rows of a large result, which are kept gzipped. */
export function sendChunk(response: ServerResponse, chunk: Buffer) {
  response
    .writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-encoding': 'gzip',
      'content-length': chunk.length,
    })
    .end(chunk);
}
