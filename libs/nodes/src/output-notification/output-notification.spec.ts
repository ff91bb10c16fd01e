import type { Message } from '../kit/action-node';
import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import { actionContext } from '../testing/action-context';
import { outputNotification } from './output-notification.definition';
import { outputNotificationStep } from './output-notification.step';

conformance('output.notification', { folder: __dirname, input: columnsOf('O_ORDERKEY NUMBER(38,0)') });

describe('output.notification', () => {
  const webhook = (more: object = {}) =>
    outputNotification.config.parse({ channel: 'webhook', url: 'https://hooks.example.com/x', ...more });
  const email = outputNotification.config.parse({
    channel: 'email',
    to: ['ann@example.com'],
    subject: 'Late:\n{{ value.rowCount }}',
    text: 'For {{ parameters.segment }}: {{ value.rowCount }}',
  });
  const sent = async (config: typeof email, given: Parameters<typeof actionContext>[0]) => {
    const messages: Message[] = [];
    const result = await outputNotificationStep.run(config, actionContext({ ...given, sent: messages }));
    return { messages, result };
  };

  it('tells the value with the ids of workflow and run where no body is given', async () => {
    const { messages } = await sent(webhook(), { input: { a: '"' } });
    const body = '{"workflow":"wf_1","run":"run_1","value":{"a":"\\""}}';
    expect(messages).toEqual([{ channel: 'webhook', url: 'https://hooks.example.com/x', body }]);
  });

  it('tells of a relation how many rows it has, as its count statement gave them', async () => {
    const { messages, result } = await sent(email, { queryId: 'q', rows: [['12']], values: { segment: 'BUILDING' } });
    expect(messages).toEqual([
      { channel: 'email', to: ['ann@example.com'], subject: 'Late: 12', text: 'For BUILDING: 12' },
    ]);
    expect(result).toEqual({ value: { attempts: 1 }, rowCount: 12 });
  });

  const problems = (config: typeof email) =>
    outputNotification.check(config, {
      inputs: {},
      kinds: {},
      known: undefined,
      parameters: [{ name: 'segment', type: 'string' }],
    });

  it.each([
    ['hooks.example.com/x', 'error'],
    ['ftp://hooks.example.com', 'error'],
    ['https://ann:secret@hooks.example.com', 'error'],
    ['https://hooks.example.com/{{ value }}', 'error'],
    ['http://hooks.example.com', 'warning'],
  ])('has a problem at the address %s', (url, severity) => {
    expect(problems(webhook({ url }))).toMatchObject([{ severity, path: 'url' }]);
  });

  it('has problems at the templates that are wrong', () => {
    expect(problems(webhook({ body: '{"a": {{ parameters.none }}}' }))).toMatchObject([
      { code: 'UNKNOWN_PARAMETER', path: 'body' },
    ]);
    expect(problems(webhook({ body: 'There are {{ value }}' }))).toMatchObject([{ path: 'body' }]);
    expect(problems({ ...email, text: '{{ nothing }}' })).toMatchObject([{ path: 'text' }]);
    expect(problems(email)).toEqual([]);
  });

  it('needs what its channel needs', () => {
    const paths = (config: object) =>
      outputNotification.config.safeParse(config).error?.issues.map(({ path }) => path[0]);
    expect(paths({ channel: 'webhook' })).toEqual(['url']);
    expect(paths({ channel: 'email' })).toEqual(['to', 'subject', 'text']);
    expect(paths({ channel: 'email', to: ['nobody'], subject: 'x', text: 'x' })).toEqual(['to']);
  });

  it('shows no more of an address than its host', () => {
    expect(outputNotification.summary({ channel: 'webhook', url: 'https://hooks.example.com/T0/secret' })).toBe(
      'Webhook hooks.example.com',
    );
  });
});
