import type { ActionNode, Message } from '../kit/action-node';
import { countedRows, countStatement } from '../kit/counted-rows';
import { fillJsonTemplate } from '../kit/json-template';
import { fillTemplate, type TemplateValues } from '../kit/text-template';
import type { OutputNotificationConfig } from './output-notification.definition';

/** Of a relation only the number of its rows leaves Snowflake; of a value, what the templates name. */
export const outputNotificationStep: ActionNode<OutputNotificationConfig> = {
  type: 'output.notification',
  statement: (_config, parts) => countStatement(parts),
  async run(config, context) {
    const rowCount = await countedRows(context);
    const input = rowCount === undefined ? context.input : { rowCount };
    const sent = await context.ports.send(messageOf(config, { ...context, input }));
    return { value: { ...sent }, ...(rowCount === undefined ? {} : { rowCount }) };
  },
};

function messageOf(config: OutputNotificationConfig, values: TemplateValues): Message {
  const { channel, url = '', body, to = [], subject = '', text = '' } = config;
  if (channel === 'webhook') return { channel, url, body: fillJsonTemplate(body ?? WHAT_REACHED_IT, values) };
  return {
    channel,
    to,
    subject: fillTemplate(subject, values).replaceAll(/\s+/g, ' '),
    text: fillTemplate(text, values),
  };
}

const WHAT_REACHED_IT = '{"workflow":{{ workflow }},"run":{{ run }},"value":{{ value }}}';
