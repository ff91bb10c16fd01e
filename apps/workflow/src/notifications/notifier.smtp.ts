import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Message } from '@snowflow/nodes/kit/action-node';
import { createTransport } from 'nodemailer';
import { NOTIFICATION_OPTIONS, type NotificationOptions } from './notification-options';
import { type Delivery, Notifier, type Sending } from './notifier';

const TIMEOUT_MS = 10_000;

type Email = Extract<Message, { channel: 'email' }>;

/** Mail through the installation's own server. A mail server knows no repetition, so a mail whose fate is unknown stays so. */
@Injectable()
export class SmtpNotifier extends Notifier<Email> {
  readonly isRepeatable = false;

  constructor(@Inject(NOTIFICATION_OPTIONS) private readonly options: NotificationOptions) {
    super();
  }

  check(): void {
    if (this.options.smtpUrl && this.options.mailFrom) return;
    throw new AppError(
      'EGRESS_REFUSED',
      'This installation sends no email. An operator allows it by setting SMTP_URL and MAIL_FROM of the workers.',
    );
  }

  async send({ to, subject, text }: Email, { key }: Sending): Promise<Delivery> {
    const { smtpUrl = '', mailFrom } = this.options;
    const transport = createTransport({
      url: smtpUrl,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      const messageId = `<${key}@snowflow>`;
      const { rejected } = await transport.sendMail({ from: mailFrom, to: [...to], subject, text, messageId });
      return { state: 'succeeded', response: rejected.length === 0 ? {} : { rejected: rejected.map(String) } };
    } catch (error) {
      return failedDelivery(error);
    } finally {
      transport.close();
    }
  }
}

/** A server that answered with a refusal did not take it; nor did one that was never reached. Anything else leaves it open. */
function failedDelivery(error: unknown): Delivery {
  const { code, command, responseCode } = error as { code?: string; command?: string; responseCode?: number };
  if (responseCode !== undefined) {
    const message = `The mail server refused the email (${responseCode}). Look at the addresses, or ask the operator.`;
    return { state: 'failed', again: responseCode < 500, error: new AppError('NOTIFICATION_FAILED', message) };
  }
  if (command === 'CONN' || code === 'EDNS' || code === 'ETLS' || code === 'EAUTH' || code === 'EENVELOPE') {
    const message = 'The mail server could not be reached. Run it again later, or ask the operator.';
    return { state: 'failed', again: code !== 'EAUTH', error: new AppError('NOTIFICATION_FAILED', message) };
  }
  const message = 'Whether the mail server took the email is not known, so it was not sent again. Ask its receivers.';
  return { state: 'unknown', error: new AppError('OUTCOME_UNKNOWN', message) };
}
