import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP } from 'node:net';
import { ADDRESS_REFUSED, isPublicAddress } from './address-filter';
import type { Egress } from './egress';

const MAX_BYTES = 1_048_576;

export interface GuardedRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  signal: AbortSignal;
}

/**
 * One HTTP exchange that goes where the egress lets it, follows no redirect and reads at most 1 MB. Answers what came back, whatever
 * its status. Rejects where nothing did.
 */
export function guardedFetch(
  egress: Egress,
  url: URL,
  { method = 'GET', headers, body, signal }: GuardedRequest,
): Promise<Response> {
  const lookup = egress.lookupFor(url);
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  // An address that is written out is never looked up.
  if (lookup && isIP(literal) && !isPublicAddress(literal)) {
    return Promise.reject(Object.assign(new Error(`${literal} is no public address`), { code: ADDRESS_REFUSED }));
  }
  const send = url.protocol === 'http:' ? plainRequest : tlsRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, { method, headers, lookup, signal }, (incoming) => {
      const pieces: Buffer[] = [];
      let length = 0;
      incoming.on('data', (piece: Buffer) => {
        length += piece.length;
        if (length > MAX_BYTES) request.destroy(new Error('The answer is too long'));
        else pieces.push(piece);
      });
      incoming.on('error', reject);
      incoming.on('end', () => {
        const status = incoming.statusCode ?? 502;
        const hasBody = length > 0 && status !== 204 && status !== 304;
        resolve(
          new Response(hasBody ? Buffer.concat(pieces) : null, {
            status,
            headers: { 'content-type': incoming.headers['content-type'] ?? '' },
          }),
        );
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}
