import { type Attributes, SpanKind } from '@opentelemetry/api';
import type { Envelope, Outcome } from '@snowflow/contracts/rpc/envelope';
import { callsEnded, callSeconds, requestSeconds, requestsHandled } from './rpc-metrics';
import { ATTRIBUTE, codeOf, contextOf, failSpan, inSpan } from './spans';

/** A call as its caller sees it: one span, counted and timed by its pattern. */
export async function observedCall<Reply>(pattern: string, call: () => Promise<Reply>): Promise<Reply> {
  const stop = callSeconds.startTimer({ pattern });
  let outcome = 'ok';
  try {
    return await inSpan(pattern, { kind: SpanKind.CLIENT }, call);
  } catch (error) {
    outcome = codeOf(error);
    throw error;
  } finally {
    stop();
    callsEnded.inc({ pattern, outcome });
  }
}

/** A request as its handler sees it, under the span of its caller. `isKnown`: no stranger's pattern becomes a series of its own. */
export async function observedRequest(
  { pattern, context, traceparent }: Envelope,
  isKnown: boolean,
  handle: () => Promise<Outcome>,
): Promise<Outcome> {
  const shown = isKnown ? pattern : 'unknown';
  const stop = requestSeconds.startTimer({ pattern: shown });
  const about = { kind: SpanKind.SERVER, attributes: attributesOf(context), parent: contextOf(traceparent) };
  const outcome = await inSpan(shown, about, async (span) => {
    const came = await handle();
    if ('error' in came) failSpan(span, came.error.code);
    return came;
  });
  stop();
  requestsHandled.inc({ pattern: shown, outcome: 'error' in outcome ? outcome.error.code : 'ok' });
  return outcome;
}

const attributesOf = ({ correlationId, tenantId, runId }: Envelope['context']): Attributes => ({
  [ATTRIBUTE.correlation]: correlationId,
  [ATTRIBUTE.tenant]: tenantId,
  [ATTRIBUTE.run]: runId,
});
