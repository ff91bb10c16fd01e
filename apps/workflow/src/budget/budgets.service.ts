import { Injectable } from '@nestjs/common';
import type { RunBudget } from '@snowflow/contracts/sessions/tenant-limits';
import type { BudgetView, SaveBudgetRequest } from '@snowflow/contracts/workflow/budget.dto';
import { LimitsInForce } from '@snowflow/platform/sessions/limits-in-force';
import { changedFields } from '@snowflow/platform/audit/changed-fields';
import { currentPerson } from '@snowflow/transport/request-scope';
import { ChangeLog } from '../audit/change-log';
import { WorkflowStore } from '../database/workflow-store';
import { CurrentSession } from '../validation/current-session';
import { WorkflowAccess } from '../sharing/workflow-access';
import { BudgetsRepository } from './budgets.repository';

/** What a run of a workflow may take, as its owner says; it holds from the next run on, and for runs that are taken up anew. */
@Injectable()
export class BudgetsService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly access: WorkflowAccess,
    private readonly budgets: BudgetsRepository,
    private readonly limits: LimitsInForce,
    private readonly session: CurrentSession,
    private readonly changes: ChangeLog,
  ) {}

  async get(id: string): Promise<BudgetView> {
    const person = currentPerson();
    const viewer = await this.access.viewer(person);
    const budget = await this.store.transaction(person.tenantId, async (db) => {
      await this.access.require(db, viewer, id, 'view');
      return this.budgets.find(db, id);
    });
    return this.viewOf(person.tenantId, budget);
  }

  async save({ id, maxBytes, maxStatements, maxSeconds, maxTokens }: SaveBudgetRequest): Promise<BudgetView> {
    const person = currentPerson();
    const session = await this.session.requireBuilder();
    const budget = {
      maxBytes: maxBytes ?? null,
      maxStatements: maxStatements ?? null,
      maxSeconds: maxSeconds ?? null,
      maxTokens: maxTokens ?? null,
    };
    await this.store.transaction(person.tenantId, async (db) => {
      const workflow = await this.access.require(db, session, id, 'edit', { lock: true });
      const before = await this.budgets.find(db, id);
      await this.budgets.save(db, person.tenantId, id, budget);
      await this.changes.byPerson(db, session, {
        action: 'workflow.budget-changed',
        object: { kind: 'workflow', id, name: workflow.name },
        ...changedFields(before, budget),
      });
    });
    return this.viewOf(person.tenantId, budget);
  }

  private async viewOf(tenantId: string, budget: RunBudget): Promise<BudgetView> {
    const { runBudget } = await this.limits.of(tenantId);
    return { ...budget, tenant: runBudget };
  }
}
