import { type Attributes, type Span, SpanKind } from '@opentelemetry/api';
import { currentScope } from '@snowflow/transport/request-scope';
import { ATTRIBUTE, codeOf, failSpan, inSpan } from '@snowflow/transport/spans';
import { SnowflakeFailure } from '../driver/snowflake-failure';
import { statementCalls } from './statement-metrics';

interface About {
  tenantId: string;
  queryId?: string;
  step?: string;
}

/**
 * Times what is asked of Snowflake about a statement and tells it as a span: for whom, for which run and step, as which query; nothing of
 * its text. That a wait was over before the statement was is no failure.
 */
export async function observedStatement<Result>(
  call: 'submit' | 'wait' | 'execute' | 'describe' | 'read',
  about: About,
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  const stop = statementCalls.startTimer({ call });
  const came = await inSpan(`snowflake ${call}`, { kind: SpanKind.CLIENT, attributes: attributesOf(about) }, (span) =>
    work(span).then(
      (value) => {
        stop({ outcome: 'ok' });
        return { value };
      },
      (error: unknown) => {
        const outcome = error instanceof SnowflakeFailure ? error.kind : codeOf(error);
        stop({ outcome });
        if (call !== 'wait' || outcome !== 'cancelled') failSpan(span, outcome);
        return { error };
      },
    ),
  );
  if ('error' in came) throw came.error;
  return came.value;
}

const attributesOf = ({ tenantId, queryId, step }: About): Attributes => ({
  'db.system.name': 'snowflake',
  [ATTRIBUTE.tenant]: tenantId,
  [ATTRIBUTE.run]: currentScope()?.context.runId,
  [ATTRIBUTE.step]: step,
  [ATTRIBUTE.query]: queryId,
});
