import { context, type Context, INVALID_SPAN_CONTEXT, type Span, SpanKind, trace } from '@opentelemetry/api';
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
} from '@opentelemetry/semantic-conventions';
import { noteRequest } from '@snowflow/platform/logging/request-note';
import { ATTRIBUTE, contextOf, failSpan, tracer } from '@snowflow/transport/spans';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requestSeconds, requestsEnded, requestsUnderWay } from './http-metrics';

interface Observed {
  startedAtMs: number;
  span: Span;
  within: Context;
}

/** Probes come every few seconds and say nothing: they are counted, not traced. */
const UNTRACED = /^\/health\//;

/** Counts, times and traces every request by its route; an address that is no route of ours never becomes a name of anything. */
export function observeRequests(instance: FastifyInstance): void {
  const observed = new WeakMap<FastifyRequest, Observed>();

  instance.addHook('onRequest', (request, reply, done) => {
    requestsUnderWay.inc();
    const span = spanOf(request);
    const within = trace.setSpan(context.active(), span);
    const began = { startedAtMs: performance.now(), span, within };
    observed.set(request, began);
    // Not by onResponse, which hears nothing where the client left before the answer.
    reply.raw.once('close', () => end(began, request, reply));
    const { traceId } = span.spanContext();
    noteRequest(request.raw, { correlationId: request.id, ...(span.isRecording() ? { traceId } : {}) });
    done();
  });
  // Right before the handler: what is awaited between the hooks, as a body is, would lose the context.
  instance.addHook('preHandler', (request, _reply, done) => {
    context.with(observed.get(request)?.within ?? context.active(), done);
  });
}

/** The browser's `traceparent` is gone on with. */
function spanOf(request: FastifyRequest): Span {
  const { traceparent } = request.headers;
  const name = `${request.method} ${routeOf(request)}`;
  if (UNTRACED.test(routeOf(request))) return trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
  const attributes = {
    [ATTR_HTTP_REQUEST_METHOD]: request.method,
    [ATTR_HTTP_ROUTE]: routeOf(request),
    [ATTRIBUTE.correlation]: request.id,
  };
  const parent = contextOf(typeof traceparent === 'string' ? traceparent : undefined);
  return tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
}

function end({ startedAtMs, span }: Observed, request: FastifyRequest, reply: FastifyReply): void {
  const [route, method] = [routeOf(request), request.method];
  const status = reply.raw.writableFinished ? String(reply.statusCode) : 'aborted';
  requestsUnderWay.dec();
  requestSeconds.observe({ method, route }, (performance.now() - startedAtMs) / 1000);
  requestsEnded.inc({ method, route, status });
  // Of an answer that nobody got, the status is the one that it began with.
  if (reply.raw.headersSent) span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, reply.statusCode);
  if (status === 'aborted' || reply.statusCode >= 500) failSpan(span, status);
  span.end();
}

/** The template of the address, as `/api/v1/runs/:id`. */
const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'unmatched';
