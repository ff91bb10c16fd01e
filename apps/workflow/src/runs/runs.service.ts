import { Inject, Injectable } from '@nestjs/common';
import type { Page } from '@snowflow/contracts/dto/page.dto';
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
import { currentPerson } from '@snowflow/transport/request-scope';
import { ChangeLog } from '../audit/change-log';
import { runNotFound } from '../database/not-found';
import { DEFAULT_PAGE_SIZE, pageOf, parseCursor } from '../database/page-cursor';
import { WorkflowStore } from '../database/workflow-store';
import { SEALER } from '../sealer';
import { RunCancels } from './run-cancels';
import { parseMoment, parseStatuses } from './run-filters';
import { eventOf, summaryOf, viewOf } from './run-view';
import { RunsRepository } from './runs.repository';
import { openPlan } from './sealed-run';
import { shownValues } from './shown-values';

/** Runs, private to who started them. */
@Injectable()
export class RunsService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly runs: RunsRepository,
    private readonly cancels: RunCancels,
    private readonly changes: ChangeLog,
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
    const values = shownValues(this.sealer, person.tenantId, run.outcomes);
    return viewOf(this.sealer, run, values, openPlan(this.sealer, person.tenantId, run.sealed_plan));
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
    const person = currentPerson();
    await this.cancels.cancel(
      person.tenantId,
      id,
      (db) => this.runs.find(db, person, id),
      (db, run) =>
        this.changes.byPerson(
          db,
          { ...person, username: run.owner_name },
          { action: 'run.cancelled', object: { kind: 'run', id, name: id }, before: { status: run.status } },
        ),
    );
    return { done: true };
  }
}
