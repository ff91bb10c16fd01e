import type { FastifyAdapter } from '@nestjs/platform-fastify';

/** How long what a client sends may take. */
export interface ClientPatience {
  headersTimeoutMs: number;
  requestTimeoutMs: number;
  keepAliveTimeoutMs: number;
}

type HttpOptions = NonNullable<ConstructorParameters<typeof FastifyAdapter>[0]> & { http?: unknown };

const LOOKS_PER_TIMEOUT = 4;

/** Options of an HTTP server that no slow client holds: Fastify's own default waits for a body without end. */
export function boundedHttp({ headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs }: ClientPatience) {
  return {
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    http: {
      headersTimeout: headersTimeoutMs,
      // Node looks for late ones every half minute, whatever they may take.
      connectionsCheckingInterval: Math.max(
        10,
        Math.floor(Math.min(headersTimeoutMs, requestTimeoutMs) / LOOKS_PER_TIMEOUT),
      ),
    },
  } satisfies HttpOptions;
}

/** What asks for health and metrics, or for rows inside, sends a line and some headers: none of them takes long. */
export const INSIDE: ClientPatience = { headersTimeoutMs: 5_000, requestTimeoutMs: 5_000, keepAliveTimeoutMs: 72_000 };
/** Nor has any of them a body to speak of. */
export const INSIDE_BODY_BYTES = 65_536;
