import type { WorkflowParameter } from '@snowflow/contracts/documents/workflow-document';
import type { PinnedRevision } from '../unattended/pinned-revisions.repository';
import type { PublicationRow } from './publications.repository';

const TYPES: Readonly<Record<WorkflowParameter['type'], object>> = {
  string: { type: ['string', 'null'], maxLength: 100_000 },
  number: { type: ['number', 'null'] },
  boolean: { type: ['boolean', 'null'] },
  date: { type: ['string', 'null'], format: 'date' },
  timestamp: { type: ['string', 'null'], description: 'YYYY-MM-DDTHH:MM:SS, with or without a zone' },
};

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { type: 'object' } } },
});

/** The OpenAPI 3.1 document of one published workflow: its parameters, and what it answers. */
export function publishedApi(row: Pick<PublicationRow, 'slug' | 'revision'>, { name, document }: PinnedRevision) {
  const { parameters, nodes } = document;
  const responses = nodes.filter(({ type, disabled }) => type === 'output.response' && !disabled);
  const answers = responses.map(({ config }) => [
    String(config.status ?? 200),
    config.format === 'csv'
      ? { description: 'Rows', content: { 'text/csv': { schema: { type: 'string' } } } }
      : { description: 'A value, or a page of rows', content: { 'application/json': { schema: {} } } },
  ]);
  return {
    openapi: '3.1.0',
    info: { title: name, version: String(row.revision), description: document.description },
    servers: [{ url: '/api/v1' }],
    security: [{ key: [] }],
    paths: {
      [`/published/${row.slug}`]: {
        post: {
          operationId: row.slug,
          summary: name,
          parameters: [
            {
              name: 'Prefer',
              in: 'header',
              schema: { type: 'string' },
              description: 'respond-async, or wait=N seconds',
            },
            { name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 255 } },
          ],
          requestBody: { content: { 'application/json': { schema: bodyOf(parameters) } } },
          responses: {
            ...Object.fromEntries(answers),
            '202': {
              description: 'Under way: ask statusUrl',
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    required: ['runId', 'status', 'statusUrl'],
                    properties: {
                      runId: { type: 'string' },
                      status: { type: 'string' },
                      statusUrl: { type: 'string' },
                    },
                  },
                },
              },
            },
            '401': problem('The API key is missing, wrong, revoked or expired'),
            '404': problem('Nothing is published here for this key'),
            '422': problem('Parameters are not right; `errors` names each'),
            '429': problem('Too many calls; see Retry-After'),
            '502': problem('The run failed'),
          },
        },
      },
    },
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } } },
  };
}

function bodyOf(parameters: readonly WorkflowParameter[]) {
  const shapeOf = ({ type, default: value }: WorkflowParameter) => ({
    ...TYPES[type],
    ...(value === undefined ? {} : { default: value }),
  });
  return {
    type: 'object',
    additionalProperties: false,
    required: parameters.some((one) => one.default === undefined) ? ['parameters'] : [],
    properties: {
      parameters: {
        type: 'object',
        additionalProperties: false,
        required: parameters.filter((one) => one.default === undefined).map(({ name }) => name),
        properties: Object.fromEntries(parameters.map((one) => [one.name, shapeOf(one)])),
      },
    },
  };
}
