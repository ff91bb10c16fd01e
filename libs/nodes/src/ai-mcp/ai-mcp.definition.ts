import { z } from 'zod';
import { problem } from '../kit/column-checks';
import { short, textAt } from '../kit/half-filled';
import { jsonObjectTemplate } from '../kit/json-template';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { credentialField } from '../kit/outside-fields';
import { templateProblems, valueTemplates } from '../kit/text-template';
import { hostOf, urlProblems } from '../kit/url-problems';

const config = z.strictObject({
  server: z
    .string()
    .trim()
    .min(1, 'Give the address of the server')
    .max(2_000)
    .meta({
      ui: { label: 'Server', hint: 'Its streamable HTTP address', placeholder: 'https://mcp.example.com/mcp' },
    }),
  tool: z
    .string()
    .trim()
    .min(1, 'Name the tool')
    .max(200)
    .meta({ ui: { label: 'Tool', placeholder: 'search_tickets' } }),
  arguments: z
    .string()
    .max(100_000)
    .optional()
    .meta({
      ui: {
        label: 'Arguments',
        widget: 'textarea',
        hint: 'A JSON object; between double quotes a template becomes text, elsewhere JSON',
        placeholder: '{ "query": "{{ parameters.question }}" }',
      },
    }),
  credentialId: credentialField,
  ...commonSettings,
});

export type AiMcpConfig = z.infer<typeof config>;

/** Calls a tool of an MCP server. */
export const aiMcp: NodeDefinition<AiMcpConfig> = {
  type: 'ai.mcp',
  group: 'ai',
  title: 'MCP tool',
  description: 'Calls a tool of an MCP server outside and passes its answer on.',
  icon: 'plug',
  inputs: [{ id: 'in', kind: 'value', optional: true }],
  outputs: [{ id: 'out', kind: 'value' }],
  config,
  initialConfig: { server: '', tool: '' },
  values: () => [{ name: 'result', type: 'json' }],
  summary(config) {
    return `${short(textAt(config, 'tool') || 'No tool yet')} at ${short(hostOf(textAt(config, 'server')))}`;
  },
  check: ({ server, arguments: given = '{}' }, context) => [
    ...urlProblems('server', server),
    ...templateProblems('arguments', given, context),
    ...(jsonObjectTemplate(given)
      ? []
      : [
          problem(
            'INVALID_CONFIG',
            'arguments',
            'The arguments are no JSON object once their templates are filled in',
            'Write { "name": "value" }',
          ),
        ]),
  ],
  ownFields: () => ['result'],
  outputColumns: () => ({}),
  discloses: ({ arguments: given = '' }) => [{ path: 'arguments', templates: valueTemplates(given) }],
  leaves: ({ server, arguments: given = '', credentialId }) => [
    {
      path: 'server',
      url: server,
      method: 'POST',
      carries: valueTemplates(given),
      ...(credentialId === undefined ? {} : { credentialId }),
    },
  ],
  examples: [
    {
      title: 'Search tickets',
      config: {
        server: 'https://mcp.example.com/mcp',
        tool: 'search_tickets',
        arguments: '{ "query": "late delivery", "limit": 5 }',
      },
    },
    { title: 'A tool without arguments', config: { server: 'https://mcp.example.com/mcp', tool: 'list_projects' } },
  ],
};
