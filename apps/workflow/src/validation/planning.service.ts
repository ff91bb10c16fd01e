import { Inject, Injectable } from '@nestjs/common';
import type { Column } from '@snowflow/contracts/documents/column';
import type { Problem } from '@snowflow/contracts/documents/problem';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { PlanStepView } from '@snowflow/contracts/workflow/plan-step.dto';
import type { ValidateReply } from '@snowflow/contracts/workflow/workflow.dto';
import { makePlan, type PlanOptions } from '@snowflow/engine/plan/make-plan';
import type { Plan } from '@snowflow/engine/plan/plan';
import { planSteps } from '@snowflow/engine/sql/compose-step';
import { SqlParser } from '@snowflow/engine/sql/sql-parser';
import { questionsOf } from '@snowflow/engine/validate/questions-of';
import { validate } from '@snowflow/engine/validate/validate';
import type { WorkflowGraph } from '@snowflow/engine/validate/workflow-graph';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import { currentPerson } from '@snowflow/transport/request-scope';
import { fingerprint } from '../workflows/fingerprint';
import { KnowledgeService } from './knowledge.service';
import { RecentPlans } from './recent-plans';

/** What validation came to; without a plan there is an error among the problems. */
export interface Planning {
  problems: Problem[];
  plan?: Plan;
  view: PlanStepView[];
  /** Of the nodes that Snowflake was asked to describe. */
  columns: ValidateReply['columns'];
}

/** Validates a document as the present person under a context, and plans it where it is valid. */
@Injectable()
export class PlanningService {
  constructor(
    private readonly knowledge: KnowledgeService,
    private readonly recent: RecentPlans,
    @Inject(SqlParser) private readonly parser: SqlParser,
  ) {}

  async plan(document: WorkflowDocument, context: PinnedContext, options: PlanOptions = {}): Promise<Planning> {
    const { known, described } = await this.knownOf(document, context);
    const { valid, problems, graph } = validate(document, known, { parser: this.parser });
    const columns = graph ? columnsOf(graph, described) : {};
    if (!valid || !graph) return { problems, view: [], columns };
    const plan = makePlan(graph, options);
    return { problems, plan, view: planSteps(plan), columns };
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
    const { sessionId } = currentPerson();
    const key = fingerprint([sessionId, context, document, options]);
    return this.recent.find(key, () => this.plan(document, context, options));
  }
}

function columnsOf({ nodes }: WorkflowGraph, ids: ReadonlySet<string>): Planning['columns'] {
  const known = [...ids].flatMap((id) => {
    const ports = Object.entries(nodes.get(id)?.columns ?? {});
    const given = ports.flatMap(([port, columns]): [string, Column[]][] => (columns ? [[port, [...columns]]] : []));
    return given.length > 0 ? [[id, Object.fromEntries(given)] as const] : [];
  });
  return Object.fromEntries(known);
}
