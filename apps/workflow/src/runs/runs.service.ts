import { Inject, Injectable } from '@nestjs/common';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { newId } from '@snowflow/contracts/documents/new-id';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { isTerminal } from '@snowflow/contracts/runs/run-state';
import type {
  EventsReply,
  EventsRequest,
  RunRequest,
  RunsQuery,
  RunStartedView,
  RunSummaryView,
  RunView,
} from '@snowflow/contracts/workflow/workflow.dto';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { currentIdempotencyKey, currentPerson, type SignedInContext } from '@snowflow/transport/request-scope';
import type { Redis } from 'ioredis';
import { runNotFound, workflowNotFound } from '../database/not-found';
import { DEFAULT_PAGE_SIZE, pageOf, parseCursor } from '../database/page-cursor';
import { WorkflowStore } from '../database/workflow-store';
import { UnheldCancels } from '../execution/unheld-cancels';
import { IdempotencyRepository } from '../idempotency/idempotency.repository';
import { CANCEL_CHANNEL } from '../queue/cancel-channel';
import { RunNews } from '../queue/run-news';
import { RunPlacesOfTenants } from '../queue/run-places';
import { RunWaker } from '../queue/run-waker';
import { SEALER } from '../sealer';
import { CurrentSession } from '../validation/current-session';
import { PlanningService } from '../validation/planning.service';
import { parseDocument, refuseExcess } from '../workflows/parse-document';
import { type Owner, WorkflowsRepository } from '../workflows/workflows.repository';
import { parseMoment, parseStatuses } from './run-filters';
import { parametersOf } from './run-parameters';
import { eventOf, summaryOf, viewOf } from './run-view';
import { type NewRun, RunsRepository } from './runs.repository';
import { openPlan, sealPlan } from './sealed-run';

/** Which document a run is of. */
interface RunOf {
  workflowId: string | null;
  revision: number | null;
  document: WorkflowDocument;
}

/** Runs, private to who started them. */
@Injectable()
export class RunsService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly workflows: WorkflowsRepository,
    private readonly runs: RunsRepository,
    private readonly idempotency: IdempotencyRepository,
    private readonly planning: PlanningService,
    private readonly session: CurrentSession,
    private readonly waker: RunWaker,
    private readonly news: RunNews,
    private readonly places: RunPlacesOfTenants,
    private readonly unheld: UnheldCancels,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  /** A run that was accepted is in Postgres before anybody hears of it; what wakes a worker afterwards may be lost. */
  async start(request: RunRequest): Promise<RunStartedView> {
    const person = currentPerson();
    const key = currentIdempotencyKey();
    const inline = request.definition && parseDocument(request.definition);
    refuseExcess('parameters', request.parameters);
    const keyed = key && { ...person, route: 'workflow.startRun', key, body: request };
    const before =
      keyed &&
      (await this.store.transaction(person.tenantId, (db) => this.idempotency.answered<RunStartedView>(db, keyed)));
    if (before) return before;

    const run = await this.prepare(person, request, inline);
    const accepted: RunStartedView = { runId: run.id, status: 'queued', eventsUrl: `/api/v1/runs/${run.id}/events` };
    const insertion = this.runs.insertion(run);
    if (!keyed) {
      await this.store.statement(person.tenantId, insertion);
      this.waker.wake();
      return accepted;
    }
    const reply = await this.store.transaction(person.tenantId, (db) =>
      this.idempotency.once(db, keyed, async () => {
        await insertion.execute(db);
        return accepted;
      }),
    );
    this.waker.wake();
    return reply;
  }

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
    const [run] = await this.store.statement(person.tenantId, this.runs.withNodes(person, id));
    if (!run) throw runNotFound();
    return viewOf(this.sealer, run, run.nodes, openPlan(this.sealer, person.tenantId, run.sealed_plan));
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

  private async prepare(person: SignedInContext, request: RunRequest, inline?: WorkflowDocument): Promise<NewRun> {
    const [{ workflowId, revision, document }, session] = await Promise.all([
      this.documentOf(person, request, inline),
      this.session.requireBuilder(),
    ]);
    const { problems, plan, view } = await this.planning.planForRun(document, session.context);
    if (!plan) {
      throw new AppError('WORKFLOW_INVALID', 'The workflow has problems, so it was not run.', {
        extensions: { problems },
      });
    }
    const parameters = parametersOf(document.parameters, request.parameters);
    return {
      ...person,
      id: newId('run'),
      ownerName: session.username,
      trigger: 'manual',
      places: await this.places.of(person.tenantId),
      workflowId,
      revision,
      context: session.context,
      sealedPlan: sealPlan(this.sealer, person.tenantId, { plan, parameters, view }),
    };
  }

  private async documentOf(owner: Owner, request: RunRequest, inline?: WorkflowDocument): Promise<RunOf> {
    if (inline) {
      if (request.workflowId !== undefined) throw oneOfTwo('Give either workflowId or definition, not both');
      return { workflowId: null, revision: null, document: inline };
    }
    const { workflowId } = request;
    if (workflowId === undefined) throw oneOfTwo('Give workflowId or definition');
    const [saved] = await this.store.statement(
      owner.tenantId,
      this.workflows.saved(owner, workflowId, request.revision ?? null),
    );
    if (!saved) throw workflowNotFound();
    return { workflowId, revision: saved.revision, document: saved.definition };
  }
}

function oneOfTwo(message: string): AppError {
  return new AppError('VALIDATION', 'The request does not name one workflow.', {
    errors: [{ path: 'workflowId', message }],
  });
}
