import { Inject, Injectable } from '@nestjs/common';
import type { Column } from '@snowflow/contracts/documents/column';
import type { Problem } from '@snowflow/contracts/documents/problem';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { PlanStepView } from '@snowflow/contracts/workflow/plan-step.dto';
import type { ValidateReply } from '@snowflow/contracts/workflow/workflow.dto';
import { disclosesSomething, whatLeaves } from '@snowflow/engine/lineage/what-leaves';
import { makePlan, type PlanOptions } from '@snowflow/engine/plan/make-plan';
import type { Plan } from '@snowflow/engine/plan/plan';
import { plannedNode } from '@snowflow/engine/plan/planned-node';
import { planSteps } from '@snowflow/engine/sql/compose-step';
import { SqlParser } from '@snowflow/engine/sql/sql-parser';
import { questionsOf } from '@snowflow/engine/validate/questions-of';
import { validate } from '@snowflow/engine/validate/validate';
import type { WorkflowGraph } from '@snowflow/engine/validate/workflow-graph';
import { loopProblems } from '@snowflow/nodes/kit/called-workflow';
import { callsIn, type FoundCall, toolCallKey } from '@snowflow/nodes/kit/calls-in';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import { currentPerson } from '@snowflow/transport/request-scope';
import { GraphLineage } from '../lineage/graph-lineage';
import { OutsidePolicy } from '../outside/outside-policy';
import { type HeldBack, TagGuard } from '../outside/tag-guard';
import { PolicyProblems } from '../policies/policy-problems';
import type { PinnedWorkflow, PinnedWorkflows } from '../runs/pinned-workflow';
import { fingerprint } from '../workflows/fingerprint';
import { CalledWorkflowsService, keyOf, type SavedWorkflow } from './called-workflows.service';
import { KnowledgeService } from './knowledge.service';
import { RecentPlans } from './recent-plans';

/** What validation came to; without a plan there is an error among the problems. */
export interface Planning {
  problems: Problem[];
  plan?: Plan;
  view: PlanStepView[];
  /** Of the nodes that Snowflake was asked to describe. */
  columns: ValidateReply['columns'];
  /** The workflows that the plan calls. */
  children: PinnedWorkflows;
}

/** What is wrong with a call, at whatever node makes it. */
type CallProblem = Omit<Problem, 'nodeId'>;

/** Called workflows by id and revision: one that is called from several places is planned once. */
type PlannedCalls = Map<string, PinnedWorkflow | CallProblem>;

/** Validates a document as the present person under a context, and plans it where it is valid. */
@Injectable()
export class PlanningService {
  constructor(
    private readonly knowledge: KnowledgeService,
    private readonly called: CalledWorkflowsService,
    private readonly recent: RecentPlans,
    private readonly outside: OutsidePolicy,
    private readonly policies: PolicyProblems,
    private readonly lineage: GraphLineage,
    private readonly tags: TagGuard,
    @Inject(SqlParser) private readonly parser: SqlParser,
  ) {}

  async plan(document: WorkflowDocument, context: PinnedContext, options: PlanOptions = {}): Promise<Planning> {
    return this.planWith(document, context, options, new Map(), false);
  }

  /** A document with all that is known of its nodes; undefined where it can't be read. */
  async graphOf(document: WorkflowDocument, context: PinnedContext): Promise<WorkflowGraph | undefined> {
    const { known } = await this.knownOf(document, context);
    return validate(document, known).graph;
  }

  private async planWith(
    document: WorkflowDocument,
    context: PinnedContext,
    options: PlanOptions,
    planned: PlannedCalls,
    isCalled: boolean,
  ): Promise<Planning> {
    const { known, described } = await this.knownOf(document, context);
    const { valid, problems: found, graph } = validate(document, known, { parser: this.parser });
    const columns = graph ? columnsOf(graph, described) : {};
    const denied = graph ? await this.denied(graph, context, isCalled) : [];
    const problems = [...found, ...denied.filter((one) => !found.some((other) => isSame(one, other)))];
    if (!valid || !graph || denied.length > 0) return { problems, view: [], children: {}, columns };
    const plan = makePlan(graph, options);
    const calls = await this.callsOf(plan, context, planned);
    const wrong = calls.flatMap(({ nodeId, path, called }) =>
      'workflowId' in called ? [] : [{ ...called, nodeId, path }],
    );
    if (wrong.length > 0) return { problems: [...problems, ...wrong], view: [], children: {}, columns };
    const children = calls.flatMap(({ key, nodeId, called }) =>
      'workflowId' in called ? [{ key, nodeId, called }] : [],
    );
    const leaving = await this.leavingOf(graph, context, children);
    const held = (await this.tags.heldBack(currentPerson().tenantId, leaving)).map(heldProblem);
    if (held.length > 0) return { problems: [...problems, ...held], view: [], children: {}, columns };
    return {
      problems,
      plan: { ...plan, leaving },
      view: planSteps(plan),
      children: Object.fromEntries(children.map(({ key, called }) => [key, called])),
      columns,
    };
  }

  /** Nothing is traced where nothing can leave. */
  private async leavingOf(
    graph: WorkflowGraph,
    context: PinnedContext,
    children: readonly { nodeId: string; called: PinnedWorkflow }[],
  ) {
    const called = new Map<string, PinnedWorkflow['plan']['leaving'] & object>();
    for (const {
      nodeId,
      called: { plan },
    } of children) {
      called.set(nodeId, [...(called.get(nodeId) ?? []), ...(plan.leaving ?? [])]);
    }
    const isTight = !disclosesSomething(graph) && [...called.values()].every((leaving) => leaving.length === 0);
    return isTight ? [] : whatLeaves(graph, await this.lineage.of(graph, context), called);
  }

  /** What the tenant would not let happen. When it runs, it is decided again. */
  private async denied(graph: WorkflowGraph, context: PinnedContext, isCalled: boolean): Promise<Problem[]> {
    const { tenantId } = currentPerson();
    const [outside, policies] = await Promise.all([
      this.outside.problems(tenantId, graph, isCalled),
      this.policies.problems(tenantId, graph, context),
    ]);
    return [...outside, ...policies];
  }

  /** What the steps of a plan call, each planned once. That the calls end was checked before. */
  private async callsOf(plan: Plan, context: PinnedContext, planned: PlannedCalls) {
    const calls = plan.steps.flatMap(({ endsAt }) =>
      callsIn(plannedNode(plan, endsAt).config).map((found) => ({ ...found, nodeId: endsAt })),
    );
    const found: { nodeId: string; path: string; key: string; called: PinnedWorkflow | CallProblem }[] = [];
    for (const { nodeId, ...one } of calls) {
      const called = await this.calledBy(one, context, planned);
      found.push({ nodeId, path: one.path, key: one.isTool ? `${nodeId}/${toolCallKey(one.call)}` : nodeId, called });
    }
    return found;
  }

  private async calledBy(
    { call, isTool }: FoundCall,
    context: PinnedContext,
    planned: PlannedCalls,
  ): Promise<PinnedWorkflow | CallProblem> {
    const saved = await this.called.find(call);
    if (!saved) return GONE;
    const known = planned.get(keyOf(saved));
    if (known) return known;
    // A node that calls one workflow is told of it before; what the tools of an agent call is looked at here.
    const [endless] = isTool ? loopProblems(await this.called.knowledgeOf(call)) : [];
    const called = endless ?? (await this.planCalled(saved, context, planned));
    planned.set(keyOf(saved), called);
    return called;
  }

  private async planCalled(
    { workflowId, revision, definition }: SavedWorkflow,
    context: PinnedContext,
    planned: PlannedCalls,
  ): Promise<PinnedWorkflow | CallProblem> {
    const { name, parameters } = definition;
    const { plan, problems, children } = await this.planWith(definition, context, {}, planned, true).catch(
      problemsOfInvalid,
    );
    if (plan) return { workflowId, revision, name, plan, parameters, children };
    const first = problems.find(({ severity }) => severity === 'error')?.message ?? '';
    return callProblem(`“${name}” has problems of its own: ${first}`, 'Open it and put them right');
  }

  /** Answers lead to further questions where SQL stands over the columns of another node. */
  private async knownOf(document: WorkflowDocument, context: PinnedContext) {
    const known = new Map<string, Knowledge>();
    const described = new Set<string>();
    for (;;) {
      const questions = questionsOf(document, { parser: this.parser, known });
      for (const { nodeId, question } of questions) if (question.kind === 'describe') described.add(nodeId);
      const answers = await this.knowledge.answers(questions, context);
      for (const [nodeId, answer] of answers) known.set(nodeId, answer);
      // Who was asked and is not known now will not be by asking again.
      if (answers.size === 0) return { known, described };
    }
  }

  /** The same for a run, where a plan that the same person got for the same document under the same context a moment ago will do. */
  async planForRun(document: WorkflowDocument, context: PinnedContext, options: PlanOptions = {}): Promise<Planning> {
    const { sessionId, tenantId } = currentPerson();
    const policies = await this.policies.inForce(tenantId);
    const key = fingerprint([sessionId, context, document, options, policies]);
    return this.recent.find(key, () => this.plan(document, context, options));
  }
}

const isSame = (one: Problem, other: Problem) => one.nodeId === other.nodeId && one.message === other.message;

function columnsOf({ nodes }: WorkflowGraph, ids: ReadonlySet<string>): Planning['columns'] {
  const known = [...ids].flatMap((id) => {
    const ports = Object.entries(nodes.get(id)?.columns ?? {});
    const given = ports.flatMap(([port, columns]): [string, Column[]][] => (columns ? [[port, [...columns]]] : []));
    return given.length > 0 ? [[id, Object.fromEntries(given)] as const] : [];
  });
  return Object.fromEntries(known);
}

/** What could not be planned for want of knowledge is a fault of the workflow that is called. */
function problemsOfInvalid(error: unknown): Pick<Planning, 'problems' | 'children'> & { plan?: undefined } {
  if (!(error instanceof AppError) || error.code !== 'WORKFLOW_INVALID') throw error;
  return { problems: [callProblem(error.message, '')], children: {} };
}

function heldProblem({ leaving: { nodeId, path }, message }: HeldBack): Problem {
  return { severity: 'error', code: 'POLICY_DENIED', nodeId, path, message };
}

function callProblem(message: string, suggestion: string): CallProblem {
  return { severity: 'error', code: 'INVALID_CONFIG', path: 'workflowId', message, suggestion };
}

/** Deleted between two looks at it. */
const GONE = callProblem('The workflow is not there any more', 'Choose another');
