import { z } from 'zod';
import { problem } from '../kit/column-checks';
import { short, textAt } from '../kit/half-filled';
import { isJsonTemplate } from '../kit/json-template';
import type { NodeDefinition, NodeProblem } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { credentialField, TRANSPORT_HEADERS } from '../kit/outside-fields';
import { templateProblems, valueTemplates } from '../kit/text-template';
import { hostOf } from '../kit/url-problems';
import { urlTemplateProblems, urlWithoutValues } from '../kit/url-template';

/** Headers that hold a secret, which never stands in a document. */
const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie']);

const header = z.strictObject({
  name: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'Write the name of a header, such as Accept')
    .meta({ ui: { label: 'Header', placeholder: 'Accept' } }),
  value: z
    .string()
    .max(4_000)
    .meta({ ui: { label: 'Value', placeholder: 'application/json' } }),
});

const config = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).meta({
    ui: { label: 'Method', options: { GET: 'GET', POST: 'POST', PUT: 'PUT', PATCH: 'PATCH', DELETE: 'DELETE' } },
  }),
  url: z
    .string()
    .trim()
    .min(1, 'Give the address')
    .max(2_000)
    .meta({
      ui: { label: 'URL', placeholder: 'https://agent.example.com/v1/orders/{{ parameters.order }}' },
    }),
  headers: z
    .array(header)
    .max(50)
    .optional()
    .meta({ ui: { label: 'Headers', addLabel: 'Add a header' } }),
  body: z
    .string()
    .max(100_000)
    .optional()
    .meta({
      ui: {
        label: 'Body',
        widget: 'textarea',
        hint: 'JSON; between double quotes a template becomes text, elsewhere JSON',
        placeholder: '{ "question": "{{ parameters.question }}" }',
        visibleWhen: { field: 'method', in: ['POST', 'PUT', 'PATCH', 'DELETE'] },
      },
    }),
  credentialId: credentialField,
  ...commonSettings,
});

export type AiHttpConfig = z.infer<typeof config>;

/** Asks an agent, or any other service, over HTTP. */
export const aiHttp: NodeDefinition<AiHttpConfig> = {
  type: 'ai.http',
  group: 'ai',
  title: 'HTTP agent',
  description: 'Calls an agent or service outside over HTTP and passes its answer on.',
  icon: 'globe',
  inputs: [{ id: 'in', kind: 'either', optional: true }],
  outputs: [{ id: 'out', kind: 'value' }],
  config,
  initialConfig: { method: 'POST', url: '' },
  values: () => [
    { name: 'status', type: 'number' },
    { name: 'body', type: 'json' },
  ],
  summary(config) {
    return `${short(textAt(config, 'method'), 8)} ${short(hostOf(urlWithoutValues(textAt(config, 'url'))))}`.trim();
  },
  check(config, context) {
    const { url, headers = [], body, method } = config;
    return [
      ...urlTemplateProblems('url', url, context),
      ...headers.flatMap(({ name, value }, index) => [
        ...headerProblems(name, index),
        ...templateProblems(`headers.${index}.value`, value, context),
      ]),
      ...(body === undefined ? [] : templateProblems('body', body, context)),
      ...bodyProblems(method, body),
    ];
  },
  ownFields: () => ['status', 'body'],
  outputColumns: () => ({}),
  discloses: (config) => [{ path: 'url', templates: templatesOf(config) }],
  leaves: ({ method, url, headers, body, credentialId }) => [
    {
      path: 'url',
      url: urlWithoutValues(url),
      method,
      carries: templatesOf({ url, headers, body }),
      ...(credentialId === undefined ? {} : { credentialId }),
    },
  ],
  examples: [
    {
      title: 'Ask an agent',
      config: {
        method: 'POST',
        url: 'https://agent.example.com/v1/ask',
        body: '{ "question": "Which orders are late?", "run": "{{ run }}" }',
      },
    },
    {
      title: 'Read from a service, with a credential',
      config: {
        method: 'GET',
        url: 'https://api.example.com/rates?base=EUR',
        headers: [{ name: 'Accept', value: 'application/json' }],
        credentialId: 'ocr_0000000000000000000000',
      },
    },
  ],
};

const templatesOf = ({ url, headers = [], body = '' }: Pick<AiHttpConfig, 'url' | 'headers' | 'body'>) =>
  valueTemplates([url, body, ...headers.map(({ value }) => value)].join('\n'));

function headerProblems(name: string, index: number): NodeProblem[] {
  const path = `headers.${index}.name`;
  const lower = name.toLowerCase();
  if (SECRET_HEADERS.has(lower)) {
    return [
      problem(
        'INVALID_CONFIG',
        path,
        `No secret stands in a document, so ${name} is not written here`,
        'Choose a credential',
      ),
    ];
  }
  return TRANSPORT_HEADERS.has(lower)
    ? [problem('INVALID_CONFIG', path, `${name} is set by SnowFlow`, 'Take it out')]
    : [];
}

function bodyProblems(method: AiHttpConfig['method'], body: string | undefined): NodeProblem[] {
  if (body === undefined) return [];
  if (method === 'GET')
    return [problem('INVALID_CONFIG', 'body', 'A GET has no body', 'Use POST, or put it in the URL')];
  if (isJsonTemplate(body)) return [];
  return [
    problem(
      'INVALID_CONFIG',
      'body',
      'The body is no JSON once its templates are filled in',
      'Put texts between double quotes',
    ),
  ];
}
