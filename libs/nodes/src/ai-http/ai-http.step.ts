import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ActionNode } from '../kit/action-node';
import { countedRows, countStatement } from '../kit/counted-rows';
import { fillJsonTemplate } from '../kit/json-template';
import { ANSWER_WITHIN_MS } from '../kit/outside-fields';
import { fillTemplate, type TemplateValues, valueTemplates } from '../kit/text-template';
import { fillUrlTemplate } from '../kit/url-template';
import type { AiHttpConfig } from './ai-http.definition';

/** What node:http sends as it is. */
const SENDABLE = /^[\t\x20-\x7e]*$/;

/** One call; what comes back is the node's value. */
export const aiHttpStep: ActionNode<AiHttpConfig> = {
  type: 'ai.http',
  statement: (_config, parts) => countStatement(parts),
  async run(config, context) {
    const { method, url, headers = [], body, credentialId, timeoutMs = ANSWER_WITHIN_MS } = config;
    const rowCount = await countedRows(context);
    const values = { ...context, input: rowCount === undefined ? context.input : { rowCount } };
    const reply = await context.ports.outside.http(
      {
        method,
        url: fillUrlTemplate(url, values),
        headers: headersOf(headers, values, body !== undefined),
        ...(body === undefined ? {} : { body: fillJsonTemplate(body, values) }),
        ...(credentialId === undefined ? {} : { credentialId }),
        timeoutMs,
        carries: valueTemplates([url, body ?? '', ...headers.map(({ value }) => value)].join('\n')),
      },
      context.signal,
    );
    const value = { status: reply.status, body: reply.body };
    return { value, ...(rowCount === undefined ? {} : { rowCount }) };
  },
};

function headersOf(
  headers: NonNullable<AiHttpConfig['headers']>,
  values: TemplateValues,
  hasBody: boolean,
): Record<string, string> {
  const given = headers.map(({ name, value }): [string, string] => {
    const filled = fillTemplate(value, values);
    if (SENDABLE.test(filled)) return [name.toLowerCase(), filled];
    const message = `The header ${name} would hold characters that no header may, such as a line break or a letter with an accent.`;
    throw new AppError('VALIDATION', `${message} Put the value in the body.`);
  });
  return {
    accept: 'application/json, text/plain;q=0.9, */*;q=0.1',
    'user-agent': 'SnowFlow',
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
    ...Object.fromEntries(given),
  };
}
