import { Inject, Injectable } from '@nestjs/common';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { isTerminal } from '@snowflow/contracts/runs/run-state';
import type {
  EventsReply,
  EventsRequest,
  RunsQuery,
  RunSummaryView,
  RunView,
} from '@snowflow/contracts/workflow/workflow.dto';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { currentPerson, type SignedInContext } from '@snowflow/transport/request-scope';
import type { Redis } from 'ioredis';
import { runNotFound } from '../database/not-found';
import { DEFAULT_PAGE_SIZE, pageOf, parseCursor } from '../database/page-cursor';
import { WorkflowStore } from '../database/workflow-store';
import { UnheldCancels } from '../execution/unheld-cancels';
import { CANCEL_CHANNEL } from '../queue/cancel-channel';
import { RunNews } from '../queue/run-news';
import { SEALER } from '../sealer';
import { parseMoment, parseStatuses } from './run-filters';
import { eventOf, summaryOf, viewOf } from './run-view';
import { RunsRepository } from './runs.repository';
import { planOfNodes, readablePlan } from './sealed-run';
import { shownValues } from './shown-values';

/** Runs, private to who started them. */
@Injectable()
export class RunsService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly runs: RunsRepository,
    private readonly news: RunNews,
    private readonly unheld: UnheldCancels,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  async list(query: RunsQuery): Promise<Page<RunSummaryView>> {
    const person = currentPerson();
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const filter = {
      workflowId: query.workflowId,
      statuses: parseStatuses(query.status),
      from: parseMoment('from', query.from),
      to: parseMoment('to', query.to),
      after: parseCursor(query.cursor),
    };
    const rows = await this.store.transaction(person.tenantId, (db) =>
      this.runs.list(db, person, { ...filter, limit: limit + 1 }),
    );
    return pageOf(rows, limit, ({ created_at, id }) => ({ at: created_at, id }), summaryOf);
  }

  async get(id: string): Promise<RunView> {
    const person = currentPerson();
    const [run] = await this.store.statement(person.tenantId, this.runs.withOutcomes(person, id));
    if (!run) throw runNotFound();
    const pinned = readablePlan(this.sealer, person.tenantId, run.sealed_plan);
    // What was sealed with the plan is as lost as the plan.
    if (!pinned) return viewOf(this.sealer, run, new Map(), planOfNodes([]));
    return viewOf(this.sealer, run, shownValues(this.sealer, person.tenantId, run.outcomes), pinned);
  }

  async events({ id, after, limit }: EventsRequest): Promise<EventsReply> {
    const person = currentPerson();
    const [page] = await this.store.statement(person.tenantId, this.runs.eventsAfter(person, id, after, limit));
    if (!page) throw runNotFound();
    const events = page.events.map(eventOf);
    const last = events.at(-1)?.data.seq ?? after;
    return { events, ended: isTerminal(page.status) && last >= page.last_seq };
  }

  async cancel(id: string): Promise<Done> {
    await this.cancelOf(currentPerson(), id);
    return { done: true };
  }

  private async cancelOf(person: SignedInContext, id: string): Promise<void> {
    const endedAt = await this.store.transaction(person.tenantId, async (db) => {
      const run = await this.runs.find(db, person, id);
      if (!run) throw runNotFound();
      const lastSeq = await this.runs.cancelQueued(db, id);
      if (lastSeq !== undefined) return lastSeq;
      if (!(await this.runs.requestCancel(db, id))) {
        throw new AppError('RUN_ENDED', 'The run has ended already, so there is nothing to cancel.');
      }
      return undefined;
    });
    if (endedAt !== undefined) this.news.tell(id, endedAt, true);
    else if (!(await this.unheld.end(id))) await this.redis.publish(CANCEL_CHANNEL, id);
  }
}
