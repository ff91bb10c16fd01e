import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Readable, Transform } from 'node:stream';
import { ADDRESS_REFUSED, isPublicAddress } from './address-filter';

const MAX_BYTES = 1_048_576;
/** Of an answer that is longer than it may be. */
export const ANSWER_TOO_LONG = 'EANSWERTOOLONG';
/** What every caller reads of an answer's headers. */
const HEADERS = ['content-type', 'retry-after'] as const;

/** Where requests may go. */
export interface EgressRule {
  /** How the name of an address is resolved; undefined: as the system does it, wherever that leads. */
  lookupFor(url: URL): LookupFunction | undefined;
}

export interface GuardedRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  signal: AbortSignal;
  /** Nobody reads the answer's body: it is left unread. */
  ignoresBody?: boolean;
  /** How long an answer may be; without it 1 MB. */
  maxBytes?: number;
  /** Further headers of the answer that are read. */
  reads?: readonly string[];
  /** Answers as soon as the head is there; the body comes as it comes, and breaks off where it is too long. */
  streams?: boolean;
  /** Hears how many bytes of a body came. */
  heard?: (bytes: number) => void;
}

/**
 * One HTTP exchange that goes where the egress lets it, follows no redirect and reads no more than it may. Answers what came back, whatever
 * its status. Rejects where nothing did.
 */
export function guardedFetch(
  egress: EgressRule,
  url: URL,
  { method = 'GET', headers, body, signal, ignoresBody = false, streams = false, ...options }: GuardedRequest,
): Promise<Response> {
  const { maxBytes = MAX_BYTES, reads = [], heard = () => undefined } = options;
  const lookup = egress.lookupFor(url);
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  // An address that is written out is never looked up.
  if (lookup && isIP(literal) && !isPublicAddress(literal)) {
    return Promise.reject(Object.assign(new Error(`${literal} is no public address`), { code: ADDRESS_REFUSED }));
  }
  const send = url.protocol === 'http:' ? plainRequest : tlsRequest;
  // A kept connection may lead where another rule let it: what is filtered opens its own.
  const agent = lookup ? { agent: false } : {};
  return new Promise((resolve, reject) => {
    const request = send(url, { method, headers, lookup, signal, ...agent }, (incoming) => {
      if (ignoresBody) {
        resolve(answer(incoming, null, reads));
        return request.destroy();
      }
      const capped = incoming.pipe(upTo(maxBytes, heard, () => request.destroy()));
      incoming.on('error', (error) => capped.destroy(error));
      capped.on('error', reject);
      capped.on('close', () => void (incoming.complete || request.destroy()));
      if (streams) return resolve(answer(incoming, Readable.toWeb(capped) as ReadableStream, reads));
      const pieces: Buffer[] = [];
      capped.on('data', (piece: Buffer) => pieces.push(piece));
      capped.on('end', () => resolve(answer(incoming, bytesOf(pieces), reads)));
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Passes on so many bytes; one more is an error. */
function upTo(maxBytes: number, heard: (bytes: number) => void, tooLong: () => void): Transform {
  let length = 0;
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      length += piece.length;
      heard(piece.length);
      if (length <= maxBytes) return done(null, piece);
      done(Object.assign(new Error('The answer is too long'), { code: ANSWER_TOO_LONG }));
      tooLong();
    },
  });
}

function bytesOf(pieces: readonly Buffer[]): Uint8Array<ArrayBuffer> | null {
  const bytes = Buffer.concat(pieces);
  return bytes.length > 0 ? new Uint8Array(bytes) : null;
}

function answer(
  { statusCode = 0, headers }: IncomingMessage,
  body: Uint8Array<ArrayBuffer> | ReadableStream | null,
  reads: readonly string[],
): Response {
  // A Response takes no other status, and who answers with one answers nothing that can be relied on.
  const status = statusCode >= 200 && statusCode <= 599 ? statusCode : 502;
  const hasBody = status !== 204 && status !== 304;
  const read = [...HEADERS, ...reads].flatMap((name): [string, string][] => {
    const value = headers[name];
    return value === undefined && reads.includes(name) ? [] : [[name, String(value ?? '')]];
  });
  return new Response(hasBody ? body : null, { status, headers: read });
}
