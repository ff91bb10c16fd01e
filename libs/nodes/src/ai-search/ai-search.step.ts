import { AppError } from '@snowflow/contracts/errors/app-error';
import { z } from 'zod';
import type { ActionNode } from '../kit/action-node';
import { fillJsonTemplate } from '../kit/json-template';
import { fillTemplate, type TemplateValues } from '../kit/text-template';
import type { AiSearchConfig } from './ai-search.definition';

const filterObject = z.record(z.string(), z.json());

/** One query; the rows that were found are the node's value. */
export const aiSearchStep: ActionNode<AiSearchConfig> = {
  type: 'ai.search',
  async run({ database, schema, service, columns, limit, ...texts }, context) {
    const query = fillTemplate(texts.query, context).trim();
    if (query === '') throw new AppError('CORTEX_FAILED', 'The query is empty. Give the node something to search for.');
    const filter = texts.filter ? filterOf(texts.filter, context) : undefined;
    const asked = { database, schema, service, query, columns, limit, ...(filter && { filter }) };
    const rows = await context.ports.cortex.search(asked, context.signal);
    return { value: { query, count: rows.length, rows: [...rows] } };
  },
};

/** No value can break out of its place in the filter, so it is an object unless the document was made by hand. */
function filterOf(text: string, values: TemplateValues): z.infer<typeof filterObject> {
  try {
    return filterObject.parse(JSON.parse(fillJsonTemplate(text, values)));
  } catch {
    throw new AppError('VALIDATION', 'The filter of the search is no JSON object. Correct it in the node’s settings.');
  }
}
