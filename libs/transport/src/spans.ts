import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type SpanOptions,
} from '@opentelemetry/api';
import { AppError } from '@snowflow/contracts/errors/app-error';

/** Everything here does nothing until the process has registered an exporter: it is the API alone, without its SDK. */
export const tracer = trace.getTracer('snowflow');

/** What a span says of whom and what it is about: ids only, never a text of a person, a statement or a row. */
export const ATTRIBUTE = {
  tenant: 'snowflow.tenant.id',
  run: 'snowflow.run.id',
  step: 'snowflow.step.id',
  correlation: 'snowflow.correlation.id',
  query: 'db.query.id',
} as const;

/** Runs `work` as one span, a child of `parent` or of the span that is open; a failure is told by its code alone. */
export async function inSpan<Result>(
  name: string,
  { parent = context.active(), ...options }: SpanOptions & { parent?: Context },
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  const span = tracer.startSpan(name, options, parent);
  try {
    return await context.with(trace.setSpan(parent, span), () => work(span));
  } catch (error) {
    failSpan(span, codeOf(error));
    throw error;
  } finally {
    span.end();
  }
}

/** Marks a span as failed. */
export function failSpan(span: Span, code: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: code });
}

/** What of an error may be counted and told: an AppError's code, else INTERNAL. */
export const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : 'INTERNAL');

/** The W3C `traceparent` of the span that is open, for whoever goes on with it elsewhere; undefined where nothing is traced. */
export function currentTraceparent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** The context in which what `traceparent` names is the parent; what is none begins a trace of its own. */
export function contextOf(traceparent: string | undefined): Context {
  return traceparent === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent });
}
