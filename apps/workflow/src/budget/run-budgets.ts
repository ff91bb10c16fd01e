import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { NO_BUDGET, type RunBudget as Limits } from '@snowflow/contracts/sessions/tenant-limits';
import { LimitsInForce } from '@snowflow/platform/sessions/limits-in-force';
import { WorkflowStore } from '../database/workflow-store';
import { insist } from '../execution/backoff';
import type { RunPast } from '../execution/leases.repository';
import { Explainer } from '../preview/explainer';
import type { RunRow } from '../runs/runs.repository';
import { type Ceilings, ceilingsOf } from './budget';
import { BudgetsRepository } from './budgets.repository';
import { CalledBudgets } from './called-budgets';
import { RunBudget } from './run-budget';

/** Opens the budgets of runs as their workers take them up. */
@Injectable()
export class RunBudgets {
  constructor(
    private readonly store: WorkflowStore,
    private readonly budgets: BudgetsRepository,
    private readonly limits: LimitsInForce,
    private readonly explainer: Explainer,
  ) {}

  /** Reads it at once and waits for nothing: the first statement does. */
  open(run: RunRow, past: RunPast, signal: AbortSignal): RunBudget {
    return new RunBudget(
      insist(signal, () => this.ceilings(run)),
      new CalledBudgets((workflowId) => insist(signal, () => this.called(run, workflowId)), past),
      this.explainer,
      run,
      past,
    );
  }

  private ceilings({ tenant_id: tenantId, workflow_id: workflowId }: RunRow): Promise<Ceilings> {
    return known(async () => {
      const [own, { runBudget }] = await Promise.all([
        workflowId === null ? NO_BUDGET : this.own(tenantId, workflowId),
        this.limits.of(tenantId),
      ]);
      return ceilingsOf(own, runBudget);
    });
  }

  /** The tenant's budget is for the run, whatever it calls. */
  private called({ tenant_id: tenantId }: RunRow, workflowId: string): Promise<Ceilings> {
    return known(async () => ceilingsOf(await this.own(tenantId, workflowId), NO_BUDGET));
  }

  private own(tenantId: string, workflowId: string): Promise<Limits> {
    return this.store.transaction(tenantId, (db) => this.budgets.find(db, workflowId));
  }
}

/** A run whose budget is not known does not go on without one. */
async function known(read: () => Promise<Ceilings>): Promise<Ceilings> {
  try {
    return await read();
  } catch (cause) {
    throw new AppError('UNAVAILABLE', 'The budget of the run could not be read.', {}, { cause });
  }
}
