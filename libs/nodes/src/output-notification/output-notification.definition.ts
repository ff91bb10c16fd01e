import { z } from 'zod';
import { problem } from '../kit/column-checks';
import { count, short, textAt, textsAt } from '../kit/half-filled';
import { isJsonTemplate } from '../kit/json-template';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { templateProblems, valueTemplates } from '../kit/text-template';
import { hostOf, urlProblems } from '../kit/url-problems';

const forWebhook = { field: 'channel', in: ['webhook'] };
const forEmail = { field: 'channel', in: ['email'] };

const config = z
  .strictObject({
    channel: z
      .enum(['webhook', 'email'])
      .meta({ ui: { label: 'By', widget: 'segmented', options: { webhook: 'Webhook', email: 'Email' } } }),
    url: z
      .string()
      .trim()
      .max(2_000)
      .optional()
      .meta({
        ui: { label: 'URL', placeholder: 'https://hooks.example.com/snowflow', visibleWhen: forWebhook, needed: true },
      }),
    body: z
      .string()
      .max(20_000)
      .optional()
      .meta({
        ui: {
          label: 'Body',
          widget: 'textarea',
          hint: 'JSON; without it the ids of workflow and run, and the value',
          placeholder: '{ "text": "{{ value.rowCount }} late orders" }',
          visibleWhen: forWebhook,
        },
      }),
    to: z
      .array(z.email('Write an address such as ann@example.com').meta({ ui: { label: 'Address' } }))
      .max(50)
      .optional()
      .meta({ ui: { label: 'To', addLabel: 'Add an address', visibleWhen: forEmail } }),
    subject: z
      .string()
      .trim()
      .max(200)
      .optional()
      .meta({ ui: { label: 'Subject', visibleWhen: forEmail, needed: true } }),
    text: z
      .string()
      .max(20_000)
      .optional()
      .meta({
        ui: {
          label: 'Text',
          widget: 'textarea',
          placeholder: 'There are {{ value.rowCount }} late orders.',
          visibleWhen: forEmail,
          needed: true,
        },
      }),
    ...commonSettings,
  })
  .superRefine(({ channel, url, to, subject, text }, context) => {
    const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (channel === 'webhook' && !url) fault('url', 'Give the address of the webhook');
    if (channel !== 'email') return;
    if (!to?.length) fault('to', 'Say who gets it');
    if (!subject) fault('subject', 'Give it a subject');
    if (!text) fault('text', 'Write what it says');
  });

export type OutputNotificationConfig = z.infer<typeof config>;

/** Tells somebody outside. */
export const outputNotification: NodeDefinition<OutputNotificationConfig> = {
  type: 'output.notification',
  group: 'output',
  title: 'Notification',
  description: 'Tells people or systems outside, by webhook or email.',
  icon: 'bell-ring',
  inputs: [{ id: 'in', kind: 'either' }],
  outputs: [],
  config,
  initialConfig: { channel: 'webhook' },
  summary(config) {
    if (textAt(config, 'channel') !== 'email') return `Webhook ${short(hostOf(textAt(config, 'url')))}`.trim();
    const to = textsAt(config, 'to');
    return to.length === 1 ? `Email to ${short(to[0] ?? '')}` : `Email to ${count(to.length, 'address')}`;
  },
  check({ channel, url = '', body, subject = '', text = '' }, context) {
    if (channel === 'email') {
      return [...templateProblems('subject', subject, context), ...templateProblems('text', text, context)];
    }
    if (body === undefined) return urlProblems('url', url);
    const notJson = 'The body is no JSON once its templates are filled in';
    return [
      ...urlProblems('url', url),
      ...templateProblems('body', body, context),
      ...(isJsonTemplate(body) ? [] : [problem('INVALID_CONFIG', 'body', notJson, 'Put texts between double quotes')]),
    ];
  },
  outputColumns: () => ({}),
  discloses({ channel, body, subject = '', text = '' }) {
    if (channel === 'email') return [{ path: 'text', templates: valueTemplates(`${subject}\n${text}`) }];
    return [{ path: 'body', templates: body === undefined ? ['value'] : valueTemplates(body) }];
  },
  examples: [
    {
      title: 'A webhook with what reached it',
      config: { channel: 'webhook', url: 'https://hooks.example.com/snowflow' },
    },
    {
      title: 'A message of your own',
      config: {
        channel: 'webhook',
        url: 'https://hooks.example.com/chat',
        body: '{ "text": "{{ value.rowCount }} orders are late, see run {{ run }}" }',
      },
    },
    {
      title: 'An email',
      config: {
        channel: 'email',
        to: ['finance@example.com'],
        subject: 'Late orders',
        text: 'There are {{ value.rowCount }} late orders.',
      },
    },
  ],
};
