import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { deniedObject } from '@snowflow/contracts/policies/policy-rules';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { PreviewReply, PreviewRequest, StatementPreview } from '@snowflow/contracts/workflow/preview.dto';
import type { Plan, PlanStep } from '@snowflow/engine/plan/plan';
import { Semaphore } from '@snowflow/engine/run/semaphore';
import { composeAllLive, hasStatement } from '@snowflow/engine/sql/compose-step';
import { PoliciesInForce } from '@snowflow/platform/policies/policies-in-force';
import { currentPerson } from '@snowflow/transport/request-scope';
import { parametersOf, type ParameterValues } from '../runs/run-parameters';
import { CurrentSession } from '../validation/current-session';
import { PlanningService } from '../validation/planning.service';
import { parseDocument, refuseExcess } from '../workflows/parse-document';
import { RequestedDocument } from '../workflows/requested-document';
import { ExplainPrivileges } from './explain-privileges';
import { type Explanation, Explainer } from './explainer';
import { modelUse, type ModelUse } from './model-use';
import { explained, isKnownAtRunTime, proved, refused, statementAt } from './preview-statements';

/** A preview takes no more of a session's places than this. */
const AT_ONCE = 4;
/** Less than the operation's own deadline, so that who asks hears why. */
const ALL_OF_IT_MS = 40_000;

const NOTE =
  'Upper bounds by EXPLAIN, as your role: a run may read less (pruned partitions, results that Snowflake still has), and never more unless the data grows meanwhile. They are not credits. Conditions count with all their branches.';
const CALLS_NOTE = 'What workflows inside it read is not counted: how often they run is known in the run.';

/** What a run would take at most, found out without running any of it. */
@Injectable()
export class PreviewService {
  constructor(
    private readonly documents: RequestedDocument,
    private readonly session: CurrentSession,
    private readonly planning: PlanningService,
    private readonly explainer: Explainer,
    private readonly privileges: ExplainPrivileges,
    private readonly policies: PoliciesInForce,
  ) {}

  async preview(request: PreviewRequest): Promise<PreviewReply> {
    const giveUpAtMs = Date.now() + ALL_OF_IT_MS;
    const inline = request.definition && parseDocument(request.definition);
    refuseExcess('parameters', request.parameters);
    const [{ document }, { context }] = await Promise.all([
      this.documents.of(currentPerson(), request, inline, 'view'),
      this.session.require(),
    ]);
    const { problems, plan, view, children } = await this.planning.plan(document, context);
    if (!plan) {
      throw new AppError('WORKFLOW_INVALID', 'The workflow has problems, so what it costs is not known.', {
        extensions: { problems },
      });
    }
    const parameters = parametersOf(document.parameters, request.parameters);
    const places = new Semaphore(AT_ONCE);
    const statements = await Promise.all(
      plan.steps.filter(hasStatement).map((step) => {
        const statement = statementAt(
          plan,
          step,
          view.find((one) => one.step === step.id),
        );
        if (isKnownAtRunTime(plan, step)) return statement;
        return places.run(() => this.explain({ plan, step, parameters, context, giveUpAtMs }, statement));
      }),
    );
    return replyOf(statements, modelUse(plan), Object.keys(children).length > 0);
  }

  private async explain(
    { plan, step, parameters, context, giveUpAtMs }: Question,
    statement: StatementPreview,
  ): Promise<StatementPreview> {
    const { tenantId } = currentPerson();
    const deadlineMs = giveUpAtMs - Date.now();
    if (deadlineMs <= 0) throw tooSlow(plan);
    const bound = composeAllLive(plan, step.id, parameters);
    const [explanation, access] = await Promise.all([
      this.explainer.explain(bound, context, { deadlineMs }).catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'DEADLINE_EXCEEDED') throw tooSlow(plan);
        return refused(statement, step, error);
      }),
      this.privileges.of(tenantId, bound.sql, context, deadlineMs),
    ]);
    if ('step' in explanation) return proved(explanation, access);
    return this.policed(proved(explained(statement, step, explanation), access), step, explanation, tenantId);
  }

  /** A run would refuse what it resolves to. */
  private async policed(
    statement: StatementPreview,
    { endsAt }: PlanStep,
    { objects = [] }: Explanation,
    tenantId: string,
  ): Promise<StatementPreview> {
    const policies = await this.policies.of(tenantId);
    const denied = objects.map((parts) => deniedObject(policies, parts)).find((one) => one !== undefined);
    if (!denied) return statement;
    const { message } = denied;
    return { ...statement, problem: { severity: 'error', code: 'POLICY_DENIED', nodeId: endsAt, message } };
  }
}

interface Question {
  plan: Plan;
  step: PlanStep;
  parameters: ParameterValues;
  context: PinnedContext;
  giveUpAtMs: number;
}

/** A sum with an unknown in it is unknown: it would not be a bound. How often a workflow inside runs is known in the run. */
function replyOf(statements: StatementPreview[], models: ModelUse, callsOthers: boolean): PreviewReply {
  const bytes = statements.map(({ bytes: { atMost } }) => atMost);
  return {
    statements,
    statementCount: statements.length,
    bytesAtMost:
      callsOthers || bytes.some((one) => one === null) ? null : bytes.reduce<number>((sum, one) => sum + (one ?? 0), 0),
    aiCalls: callsOthers ? null : models.calls,
    tokens: { estimate: callsOthers ? null : models.tokens },
    note: callsOthers ? `${NOTE} ${CALLS_NOTE}` : NOTE,
  };
}

function tooSlow(plan: Plan): AppError {
  const steps = plan.steps.filter(hasStatement);
  const count = steps.length === 1 ? 'the statement' : `all ${steps.length} statements`;
  return new AppError(
    'DEADLINE_EXCEEDED',
    `Snowflake did not explain ${count} of this workflow within ${ALL_OF_IT_MS / 1_000} s. Nothing was run; try again.`,
  );
}
