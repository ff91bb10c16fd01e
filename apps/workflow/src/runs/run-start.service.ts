import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@snowflow/contracts/documents/new-id';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { isTerminal } from '@snowflow/contracts/runs/run-state';
import type { RunRequest, RunStartedView } from '@snowflow/contracts/workflow/workflow.dto';
import { currentIdempotencyKey, currentPerson, type SignedInContext } from '@snowflow/transport/request-scope';
import { currentTraceparent } from '@snowflow/transport/spans';
import { RunGuard } from '../consent/run-guard';
import { WorkflowStore } from '../database/workflow-store';
import { IdempotencyRepository } from '../idempotency/idempotency.repository';
import { RunPlacesOfTenants } from '../queue/run-places';
import { RunWaker } from '../queue/run-waker';
import { SEALER } from '../sealer';
import { WorkflowAccess } from '../sharing/workflow-access';
import { CurrentSession } from '../validation/current-session';
import { parseDocument, refuseExcess } from '../workflows/parse-document';
import { RequestedDocument } from '../workflows/requested-document';
import { EarlierRun, type Needed } from './earlier-run';
import type { PinnedWorkflows } from './pinned-workflow';
import { RunPlanning } from './run-planning';
import { type NewRun, RunsRepository } from './runs.repository';
import { openPlan, sealPlan } from './sealed-run';

/** Accepts runs. One that was accepted is in Postgres before anybody hears of it; what wakes a worker afterwards may be lost. */
@Injectable()
export class RunStartService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly documents: RequestedDocument,
    private readonly runs: RunsRepository,
    private readonly idempotency: IdempotencyRepository,
    private readonly planning: RunPlanning,
    private readonly earlier: EarlierRun,
    private readonly access: WorkflowAccess,
    private readonly session: CurrentSession,
    private readonly waker: RunWaker,
    private readonly places: RunPlacesOfTenants,
    private readonly guard: RunGuard,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  async start(request: RunRequest): Promise<RunStartedView> {
    const inline = request.definition && parseDocument(request.definition);
    refuseExcess('parameters', request.parameters);
    return this.accepted('workflow.startRun', request, (person) => this.prepare(person, request, inline));
  }

  /** A new run of the same plan and parameters, as long as the person may run all of it: what came to an end is taken over, what failed the run or never ran is run. */
  async retry(id: string): Promise<RunStartedView> {
    return this.accepted('workflow.retryRun', { id }, (person) => this.prepareRetry(person, id));
  }

  private async accepted(
    route: string,
    body: object,
    prepare: (person: SignedInContext) => Promise<NewRun>,
  ): Promise<RunStartedView> {
    const person = currentPerson();
    const key = currentIdempotencyKey();
    const keyed = key && { ...person, route, key, body };
    const before =
      keyed &&
      (await this.store.transaction(person.tenantId, (db) => this.idempotency.answered<RunStartedView>(db, keyed)));
    if (before) return before;

    const run = await prepare(person);
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

  private async prepare(person: SignedInContext, request: RunRequest, inline?: WorkflowDocument): Promise<NewRun> {
    const [of, { context, username }] = await Promise.all([
      this.documents.of(person, request, inline),
      this.session.requireBuilder(),
    ]);
    const { pinned, takesOver, whole } = await this.planning.plan(person, of, context, request);
    const { workflowId, revision, document } = of;
    const { name } = document;
    await this.guard.check(person, context, {
      workflowId,
      revision,
      name,
      plan: whole,
      children: pinned.children ?? {},
    });
    const sealedPlan = sealPlan(this.sealer, person.tenantId, { ...pinned, traceparent: currentTraceparent() });
    const run = await this.newRun(person, username);
    return { ...run, workflowId, revision, context, sealedPlan, takesOver };
  }

  private async prepareRetry(person: SignedInContext, id: string): Promise<NewRun> {
    const { context, username } = await this.session.requireBuilder();
    const run = await this.earlier.find(person, id, context);
    if (!isTerminal(run.status)) {
      throw new AppError('VALIDATION', 'The run has not ended yet. Wait for its end, or cancel it first.', {
        errors: [{ path: 'id', message: `The run is ${run.status}` }],
      });
    }
    const finished = await this.earlier.finishedSteps(person.tenantId, id);
    const pinned = openPlan(this.sealer, person.tenantId, run.sealed_plan);
    const { plan, children = {} } = pinned;
    const { workflow_id: workflowId, revision } = run;
    for (const one of new Set([...(workflowId === null ? [] : [workflowId]), ...calledIn(children)])) {
      await this.access.assert(person, one, 'run');
    }
    await this.guard.check(person, context, { workflowId, revision, name: 'this run’s workflow', plan, children });
    const left = plan.steps.filter((step) => !finished.has(step.id));
    if (left.length === 0) throw nothingLeft();
    const takesOver = plan.steps.flatMap((planned): Needed[] => {
      const { id: step } = planned;
      return finished.has(step) ? [{ runId: id, step, as: step, planned, path: 'id' }] : [];
    });
    const isRead = ({ step }: Needed) => left.some(({ dependsOn }) => dependsOn.includes(step));
    await this.earlier.check(person.tenantId, finished, takesOver.filter(isRead));
    // Steps of a workflow inside carry the id of the step that they belong to before their own.
    const inside = [...finished.keys()].filter((step) => step.includes('/'));
    return {
      ...(await this.newRun(person, username)),
      workflowId: run.workflow_id,
      revision: run.revision,
      context,
      sealedPlan: sealPlan(this.sealer, person.tenantId, { ...pinned, traceparent: currentTraceparent() }),
      takesOver: [...takesOver, ...inside.map((step) => ({ runId: id, step, as: step }))],
    };
  }

  private async newRun(person: SignedInContext, ownerName: string) {
    const places = await this.places.of(person.tenantId);
    return { ...person, id: newId('run'), ownerName, trigger: 'manual' as const, places };
  }
}

/** What a plan calls, however deep. */
const calledIn = (children: PinnedWorkflows): string[] =>
  Object.values(children).flatMap(({ workflowId, children: inside }) => [workflowId, ...calledIn(inside)]);

function nothingLeft(): AppError {
  return new AppError('VALIDATION', 'Nothing is left to try again: every step of that run came to its end.', {
    errors: [{ path: 'id', message: 'Run the workflow anew' }],
  });
}
