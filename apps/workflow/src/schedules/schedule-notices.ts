import { Injectable, Logger } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { SmtpNotifier } from '../notifications/notifier.smtp';
import { Clock } from './clock';
import { type ScheduleWork, ScheduleWorkRepository } from './schedule-work.repository';

const LEASE_MS = 60_000;

interface Paused {
  name: string;
  notify: string[];
  paused_reason: string | null;
}

/** Tells by email that a schedule was paused. At most once: it stands on the page in any case. */
@Injectable()
export class ScheduleNotices {
  private readonly logger = new Logger(ScheduleNotices.name);

  constructor(
    private readonly store: WorkflowStore,
    private readonly work: ScheduleWorkRepository,
    private readonly smtp: SmtpNotifier,
    private readonly clock: Clock,
  ) {}

  /** Sends one notice; answers whether there was one. */
  async sendOne(): Promise<boolean> {
    const taken = await this.work.take('notice', this.clock.now(), LEASE_MS);
    if (!taken) return false;
    await this.work.done('notice', taken);
    const [paused] = await this.store.statement(
      taken.tenantId,
      sql<Paused>`SELECT name, notify, paused_reason FROM workflow.schedules WHERE id = ${taken.scheduleId}`,
    );
    if (paused?.paused_reason) await this.send(taken, paused, paused.paused_reason);
    return true;
  }

  private async send({ tenantId, scheduleId, instant }: ScheduleWork, { name, notify }: Paused, reason: string) {
    const text = `The schedule "${name}" is paused.\n\n${reason}\n`;
    const message = { channel: 'email' as const, to: notify, subject: `Schedule paused: ${name}`, text };
    const key = `${scheduleId}-${instant.getTime()}`;
    try {
      this.smtp.check();
      const { state } = await this.smtp.send(message, { tenantId, key });
      if (state !== 'succeeded')
        this.logger.warn({ msg: 'A notice of a paused schedule was not taken', scheduleId, state });
    } catch (error) {
      // An installation without a mail server sends none.
      this.logger.log({
        msg: 'A notice of a paused schedule was not sent',
        scheduleId,
        code: error instanceof AppError ? error.code : 'INTERNAL',
      });
    }
  }
}
