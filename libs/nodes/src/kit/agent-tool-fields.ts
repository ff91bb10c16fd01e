import { z } from 'zod';
import { callFields } from './called-workflow';
import { nameField } from './fields';
import { credentialField } from './outside-fields';

const ofSql = { field: 'kind', in: ['sql', undefined] };
const ofCortex = { field: 'kind', in: ['analyst', 'search'] };
const ofSearch = { field: 'kind', in: ['search'] };
const ofRows = { field: 'kind', in: ['sql', 'analyst', undefined] };
const ofWorkflow = { field: 'kind', in: ['workflow'] };
const ofHttp = { field: 'kind', in: ['http'] };
const ofOutside = { field: 'kind', in: ['http', 'mcp'] };

/** What a model's protocol takes as the name of a tool. */
export const TOOL_NAME = /^[A-Za-z][A-Za-z0-9_]{0,47}$/;

/** One tool of an agent. */
export const agentTool = z.strictObject({
  kind: z
    .enum(['sql', 'analyst', 'search', 'workflow', 'http', 'mcp'])
    .default('sql')
    .meta({
      ui: {
        label: 'Kind',
        options: {
          sql: 'SQL, reading only',
          analyst: 'Analyst',
          search: 'Search',
          workflow: 'Workflow',
          http: 'HTTP',
          mcp: 'MCP server',
        },
      },
    }),
  name: z
    .string()
    .regex(TOOL_NAME, 'Start with a letter; use up to 48 letters, digits and _')
    .meta({ ui: { label: 'Name', placeholder: 'orders', hint: 'By it the model calls the tool' } }),
  description: z
    .string()
    .trim()
    .max(2_000)
    .optional()
    .meta({
      ui: {
        label: 'Description',
        widget: 'textarea',
        hint: 'When to use it, and what it reads: the model knows no more',
      },
    }),
  schemas: z
    .array(
      z.strictObject({
        database: nameField({ widget: 'database', label: 'Database' }),
        schema: nameField({ widget: 'schema', label: 'Schema' }),
      }),
    )
    .max(20)
    .optional()
    .meta({
      ui: {
        label: 'Reads from',
        hint: 'Without any, from all that you may read',
        addLabel: 'Add a schema',
        visibleWhen: ofSql,
      },
    }),
  database: nameField({})
    .optional()
    .meta({
      ui: { widget: 'database', label: 'Database', visibleWhen: ofCortex, needed: true },
    }),
  schema: nameField({})
    .optional()
    .meta({
      ui: { widget: 'schema', label: 'Schema', visibleWhen: ofCortex, needed: true },
    }),
  source: nameField({})
    .optional()
    .meta({
      ui: {
        label: 'Name',
        hint: 'Of the semantic view, or of the search service',
        placeholder: 'SALES_MODEL',
        visibleWhen: ofCortex,
        needed: true,
      },
    }),
  columns: z
    .array(nameField({ label: 'Column' }))
    .max(50)
    .optional()
    .meta({ ui: { label: 'Columns it gives', addLabel: 'Add a column', visibleWhen: ofSearch } }),
  maxRows: z
    .int()
    .min(1)
    .max(200)
    .optional()
    .meta({ ui: { label: 'Rows it shows the model', placeholder: '50', visibleWhen: ofRows } }),
  workflowId: callFields.workflowId
    .optional()
    .meta({ ui: { label: 'Workflow', widget: 'workflow', visibleWhen: ofWorkflow, needed: true } }),
  revision: z
    .union([z.literal('published'), z.int().min(1)])
    .optional()
    .meta({
      ui: {
        label: 'Revision',
        widget: 'revision',
        hint: 'A number, or the published one; its parameters are what the model gives',
        visibleWhen: ofWorkflow,
      },
    }),
  method: z
    .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
    .optional()
    .meta({
      ui: {
        label: 'Method',
        options: { GET: 'GET', POST: 'POST', PUT: 'PUT', PATCH: 'PATCH', DELETE: 'DELETE' },
        visibleWhen: ofHttp,
        hint: 'Without one, GET',
      },
    }),
  url: z
    .string()
    .trim()
    .max(2_000)
    .optional()
    .meta({
      ui: {
        label: 'Address',
        placeholder: 'https://tickets.example.com/search',
        hint: 'Of the service, or of the MCP server; the model can’t change it',
        visibleWhen: ofOutside,
        needed: true,
      },
    }),
  credentialId: credentialField.meta({
    ui: {
      label: 'Credential',
      hint: 'Its id, from Settings, Outside credentials; it is sent only to its own hosts',
      placeholder: 'ocr_…',
      visibleWhen: ofOutside,
    },
  }),
  needsApproval: z
    .boolean()
    .optional()
    .meta({ ui: { label: 'A person approves each call' } }),
});

export type AgentToolSetup = z.infer<typeof agentTool>;

/** The tools of an agent. */
export const agentTools = z
  .array(agentTool)
  .max(20)
  .default([])
  .meta({ ui: { label: 'Tools', addLabel: 'Add a tool' } });
