import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { directSql } from './direct-sql';
import { DocumentBuilder } from './document-builder';

/** What is looked for afterwards, by where it is planted. */
export const inItems = {
  row: 'CANARY-ITEM-2b8c41',
  model: 'CANARY-MODEL-f00d17',
  second: 'CANARY-SECOND-MODEL-77ab',
  parameter: 'CANARY-ABOUT-3e9d',
  recipient: 'canary-recipient-5a@example.com',
  refused: 'canary-refused-8c@example.com',
  keyword: 'CANARY-KEYWORD-e41c',
  rule: 'CANARY-RULE-90aa',
};

const source = { database: 'DEMO', schema: 'PUBLIC', table: 'CANARY_ITEMS' };
const result = (name: string) => ({ name, view: 'json' });

/** A table with a row for each item: what it is, and what a model is asked of it. */
export async function plantItems(warehouseUrl: string): Promise<void> {
  const { row, model, second } = inItems;
  await directSql(
    warehouseUrl,
    `CREATE TABLE DEMO.PUBLIC.CANARY_ITEMS AS SELECT '${row}' AS NOTE, '${model}' AS PROMPT, '${second}' AS OTHER`,
  );
}

/** What runs for each item: it decides by what a model answered, mails it, and fails with what Snowflake says of it. */
export const itemWorkflow = (): WorkflowDocument =>
  new DocumentBuilder('Item')
    .parameter('note', 'string')
    .parameter('answer', 'string')
    .parameter('other', 'string')
    .node('asked', 'source.sql', { sql: 'SELECT {{ parameters.answer }} AS ANSWER', materialise: true })
    .node('long', 'logic.condition', { expression: 'MAX(ANSWER) = {{ parameters.answer }}' }, 'asked')
    .node(
      'mail',
      'output.notification',
      {
        channel: 'email',
        to: ['everybody@example.com'],
        subject: '{{ parameters.note }}',
        text: '{{ parameters.answer }} {{ parameters.other }}',
      },
      'long.true',
    )
    .node('cast', 'source.sql', {
      sql: 'SELECT TO_NUMBER({{ parameters.note }} || {{ parameters.answer }} || {{ parameters.other }}) AS N',
    })
    .node('result', 'output.result', result('Never'), 'cast')
    .build();

/** Rows with the answers of models, kept in a scratch table, mapped; what the items came to is chosen by and mailed. */
export function itemsMapped(workflowId: string): WorkflowDocument {
  const { recipient, refused, keyword, rule } = inItems;
  const columns = [
    { column: 'NOTE' },
    { expression: "SNOWFLAKE.CORTEX.COMPLETE('mistral-large', PROMPT)", as: 'ANSWER' },
    { expression: "AI_COMPLETE('mistral-large', OTHER)", as: 'OTHER_ANSWER' },
  ];
  const parameters = { note: '{{ item.NOTE }}', answer: '{{ item.ANSWER }}', other: '{{ item.OTHER_ANSWER }}' };
  const byRule = [
    { name: 'typed', rule: `VALUE:results[0]:error:message = '${rule}'` },
    { name: 'failed', rule: "VALUE:results[0]:error:message LIKE '%simulated%'" },
  ];
  const byKeyword = [
    { name: 'typed', keywords: [keyword] },
    { name: 'failed', keywords: ['simulated'] },
  ];
  return new DocumentBuilder('Items')
    .parameter('about', 'string')
    .node('items', 'source.table', source)
    .node('answered', 'shape.select', { columns, materialiseAs: { database: 'DEMO', schema: 'PUBLIC' } }, 'items')
    .node('each', 'logic.map', { workflowId, parameters, maxItems: 5, itemErrors: 'continue' }, 'answered')
    .node('routed', 'logic.router', { routes: byRule }, 'each')
    .node('again', 'logic.router', { strategy: 'keyword', routes: byKeyword }, 'routed.failed')
    .node('some', 'logic.condition', { expression: 'VALUE:failed > 0' }, 'again.failed')
    .node(
      'told',
      'output.notification',
      {
        channel: 'email',
        to: [recipient, refused],
        subject: '{{ parameters.about }}',
        text: '{{ value.results }}',
      },
      'some.true',
    )
    .node('shown', 'output.result', result('What they came to'), 'some.true')
    .node('answer', 'output.response', {}, 'some.true')
    .build();
}
