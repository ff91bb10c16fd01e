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
import type { Viewer } from '../sharing/visible-workflows.sql';
import { WorkflowAccess } from '../sharing/workflow-access';
import { RunCancels } from './run-cancels';
import { parseMoment, parseStatuses } from './run-filters';
import { eventOf, outsideViewOf, summaryOf, viewOf } from './run-view';
import { RunsRepository } from './runs.repository';
import { planOfNodes, readablePlan } from './sealed-run';
import { shownValues } from './shown-values';

/** Runs: their runner's, and in as far as workflows are shared, others'. */
@Injectable()
export class RunsService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly runs: RunsRepository,
    private readonly access: WorkflowAccess,
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
    const viewer = await this.access.viewer(person);
    const rows = await this.store.transaction(person.tenantId, (db) =>
      this.runs.list(db, viewer, { ...filter, limit: limit + 1 }),
    );
    return pageOf(rows, limit, ({ created_at, id }) => ({ at: created_at, id }), summaryOf);
  }

  async get(id: string): Promise<RunView> {
    const person = currentPerson();
    const viewer = await this.access.viewer(person);
    const [run] = await this.store.statement(person.tenantId, this.runs.withOutcomes(viewer, id));
    if (!run) throw runNotFound();
    if (!run.detailed) return outsideViewOf(run);
    const pinned = readablePlan(this.sealer, person.tenantId, run.sealed_plan);
    // What was sealed with the plan is as lost as the plan, and what is not the reader's is not shown.
    const own = run.owner_id === person.userId;
    const isShown = pinned !== undefined && own;
    const values = isShown ? shownValues(this.sealer, person.tenantId, run.outcomes) : new Map();
    return viewOf(this.sealer, run, { own, values }, pinned ?? planOfNodes([]));
  }

  async events({ id, after, limit }: EventsRequest): Promise<EventsReply> {
    const person = currentPerson();
    const eventsFor = (viewer: Viewer) =>
      this.store.statement(person.tenantId, this.runs.eventsAfter(viewer, id, after, limit));
    const [own] = await eventsFor(person);
    // What is shared with a role may be more than what is shared with the person.
    const [page] = own?.is_own ? [own] : await eventsFor(await this.access.viewer(person));
    if (!page) throw runNotFound();
    const events = page.events.map(eventOf);
    const last = events.at(-1)?.data.seq ?? after;
    return { events, ended: isTerminal(page.status) && last >= page.last_seq, own: page.is_own };
  }

  async cancel(id: string): Promise<Done> {
    const person = currentPerson();
    await this.cancels.cancel(
      person.tenantId,
      id,
      async (db) => {
        const run = await this.runs.find(db, person, id);
        if (!run) throw await this.access.notTheirs(person, id);
        return run;
      },
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
