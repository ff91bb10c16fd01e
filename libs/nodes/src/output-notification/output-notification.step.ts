import type { ActionContext, ActionNode, Message } from '../kit/action-node';
import { fillJsonTemplate } from '../kit/json-template';
import { sql } from '../kit/sql/sql-fragment';
import { fillTemplate, type TemplateValues } from '../kit/text-template';
import type { OutputNotificationConfig } from './output-notification.definition';

/** Of a relation only the number of its rows leaves Snowflake; of a value, what the templates name. */
export const outputNotificationStep: ActionNode<OutputNotificationConfig> = {
  type: 'output.notification',
  statement: (_config, { prelude, input }) => sql`${prelude}SELECT COUNT(*) AS "ROW_COUNT" FROM ${input.from}`,
  async run(config, context) {
    const rowCount = await countedRows(context);
    const input = rowCount === undefined ? context.input : { rowCount };
    const sent = await context.ports.send(messageOf(config, { ...context, input }));
    return { value: { ...sent }, ...(rowCount === undefined ? {} : { rowCount }) };
  },
};

async function countedRows({ queryId, ports }: ActionContext): Promise<number | undefined> {
  if (queryId === undefined) return undefined;
  const { rows } = await ports.readRows(queryId, 1);
  return Number(rows[0]?.[0] ?? 0);
}

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
