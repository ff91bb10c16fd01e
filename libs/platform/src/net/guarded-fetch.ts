import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { ADDRESS_REFUSED, isPublicAddress } from './address-filter';

const MAX_BYTES = 1_048_576;
/** What callers read of an answer's headers. */
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
}

/**
 * One HTTP exchange that goes where the egress lets it, follows no redirect and reads at most 1 MB. Answers what came back, whatever
 * its status. Rejects where nothing did.
 */
export function guardedFetch(
  egress: EgressRule,
  url: URL,
  { method = 'GET', headers, body, signal, ignoresBody = false }: GuardedRequest,
): Promise<Response> {
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
        resolve(answer(incoming, null));
        return request.destroy();
      }
      const pieces: Buffer[] = [];
      let length = 0;
      incoming.on('data', (piece: Buffer) => {
        length += piece.length;
        if (length > MAX_BYTES) request.destroy(new Error('The answer is too long'));
        else pieces.push(piece);
      });
      incoming.on('error', reject);
      incoming.on('end', () => resolve(answer(incoming, Buffer.concat(pieces))));
    });
    request.on('error', reject);
    request.end(body);
  });
}

function answer({ statusCode = 0, headers }: IncomingMessage, body: Buffer | null): Response {
  // A Response takes no other status, and who answers with one answers nothing that can be relied on.
  const status = statusCode >= 200 && statusCode <= 599 ? statusCode : 502;
  const hasBody = body !== null && body.length > 0 && status !== 204 && status !== 304;
  const read = HEADERS.map((name): [string, string] => [name, String(headers[name] ?? '')]);
  return new Response(hasBody ? new Uint8Array(body) : null, { status, headers: read });
}
