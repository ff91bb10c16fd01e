import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { DEFAULT_GUARDED_ROLES } from '@snowflow/contracts/policies/tenant-policies';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { RunSummary } from '@snowflow/contracts/workflow/consent.dto';
import type { Plan } from '@snowflow/engine/plan/plan';
import { SqlParser } from '@snowflow/engine/sql/sql-parser';
import { callsIn } from '@snowflow/nodes/kit/calls-in';
import { PoliciesInForce } from '@snowflow/platform/policies/policies-in-force';
import { WorkflowStore } from '../database/workflow-store';
import type { PinnedWorkflow, PinnedWorkflows } from '../runs/pinned-workflow';
import type { Owner } from '../workflows/workflows.repository';
import { type Authorship, ConsentsRepository } from './consents.repository';
import { type PlannedRevision, summaryOf } from './run-summary';

/** What is about to be run; without a workflow it is what the person brought along themselves. */
export interface Guarded {
  workflowId: string | null;
  revision: number | null;
  name: string;
  plan: Plan;
  children: PinnedWorkflows;
}

/** What a binding of a credential names, as it was planned. */
export type ApprovedRevision = Guarded & { workflowId: string; revision: number };

const OWN: Authorship = { byOthers: false, touchedByOthers: true };

/** Whoever runs what others wrote lends it their rights: they see first what it does, and mighty roles do not run it where it writes or sends. */
@Injectable()
export class RunGuard {
  constructor(
    private readonly store: WorkflowStore,
    private readonly consents: ConsentsRepository,
    private readonly policies: PoliciesInForce,
    @Inject(SqlParser) private readonly parser: SqlParser,
  ) {}

  /** Throws GUARDED_ROLE, or CONSENT_NEEDED with the summaries of what the person has not agreed to. */
  async check(person: Owner, context: PinnedContext, guarded: Guarded): Promise<void> {
    const others = await this.topmostOfOthers(person, guarded);
    if (others.length === 0) return;
    const summaries = others.map(([one, authorship]) => [summaryOf(one, context, this.parser), authorship] as const);
    for (const [summary] of summaries) await this.refuseGuardedRole(person, context, summary);
    const unseen: RunSummary[] = [];
    for (const [summary, authorship] of summaries) {
      if (!(await this.isAgreed(person, summary, authorship))) unseen.push(summary);
    }
    if (unseen.length === 0) return;
    const names = unseen.map(({ name, revision }) => `“${name}” (revision ${revision})`).join(', ');
    throw new AppError(
      'CONSENT_NEEDED',
      `Somebody else wrote ${names}. Look at what it does with your rights, agree, and run it again.`,
      { extensions: { consents: unseen } },
    );
  }

  /**
   * The same with nobody there to ask: the approval of a credential names the revision and stands for its owner's consent to it and to what
   * it calls by number. What others publish anew under it, and writes or sends, the owner has to have seen. Nothing in the errors is for
   * its owner alone: whoever calls with a key reads them.
   */
  async checkApproved(owner: Owner, context: PinnedContext, guarded: ApprovedRevision): Promise<void> {
    for (const [one] of await this.topmostOfOthers(owner, guarded)) {
      await this.refuseGuardedRole(owner, context, summaryOf(one, context, this.parser), () => ({}));
    }
    const below = await Promise.all(floatingIn(guarded).map((child) => this.topmostOfOthers(owner, child)));
    if (below.flat().length === 0) return;
    if (await this.isAgreed(owner, summaryOf(guarded, context, this.parser), OWN)) return;
    for (const [child] of below.flat()) {
      const summary = summaryOf(child, context, this.parser);
      if (await this.isAgreed(owner, summary, OWN)) continue;
      throw new AppError(
        'CONSENT_NEEDED',
        `Somebody else wrote “${summary.name}” (revision ${summary.revision}), which is called as it is published. The owner of the credential runs this once and agrees, or it is called by its number.`,
      );
    }
  }

  /** What others wrote, down to what it calls: its summary tells of that too. */
  private async topmostOfOthers(person: Owner, guarded: Guarded): Promise<[PlannedRevision, Authorship][]> {
    const { workflowId, revision, children } = guarded;
    if (workflowId !== null && revision !== null) {
      const authorship = await this.authorship(person, workflowId, revision);
      if (authorship.byOthers || authorship.touchedByOthers) {
        return [[{ ...guarded, workflowId, revision }, authorship]];
      }
    }
    const found = new Map<string, [PlannedRevision, Authorship]>();
    for (const child of Object.values(children)) {
      for (const one of await this.topmostOfOthers(person, child)) {
        found.set(`${one[0].workflowId}@${one[0].revision}`, one);
      }
    }
    return [...found.values()];
  }

  private async authorship(person: Owner, workflowId: string, revision: number): Promise<Authorship> {
    const query = this.consents.authorship(person, workflowId, revision);
    const [found] = await this.store.statement(person.tenantId, query);
    // A run that is tried again may be of a workflow that is gone: its plan is the person's own.
    return found ?? { byOthers: false, touchedByOthers: false };
  }

  private async refuseGuardedRole(
    { tenantId }: Owner,
    context: PinnedContext,
    summary: RunSummary,
    shown: (summary: RunSummary) => object = () => ({ extensions: { summary } }),
  ): Promise<void> {
    const { name, writes, sends } = summary;
    if (writes.length + sends.length === 0) return;
    const guarded = (await this.policies.of(tenantId)).guardedRoles ?? DEFAULT_GUARDED_ROLES;
    if (guarded.length === 0) return;
    const role = guarded.find((one) => one === context.role);
    if (role === undefined && context.secondaryRoles !== 'ALL') return;
    const does = writes.length > 0 ? 'writes' : 'sends';
    const why =
      role === undefined
        ? 'with all of your roles in force it is not run. Set secondary roles to NONE'
        : `the role ${role} runs nothing of the kind here. Switch to another role`;
    throw new AppError(
      'GUARDED_ROLE',
      `Somebody else wrote “${name}”, and it ${does}: ${why}, or make it your own.`,
      shown(summary),
    );
  }

  /** Each revision of others is agreed to by itself; of one's own, on top of others' work, what it does counts. */
  private async isAgreed(person: Owner, summary: RunSummary, { byOthers }: Authorship): Promise<boolean> {
    const { workflowId, revision, summaryHash, writes, sends } = summary;
    if (!byOthers && writes.length + sends.length === 0) return true;
    const rows = await this.store.statement(person.tenantId, this.consents.agreed(person, workflowId, summaryHash));
    return byOthers ? rows.some((row) => row.revision === revision) : rows.length > 0;
  }
}

/** What is called as it is published at the time, and not by its number. */
function floatingIn({ plan, children }: Pick<Guarded, 'plan' | 'children'>): PinnedWorkflow[] {
  const calls = Object.values(plan.nodes).flatMap(({ config }) => callsIn(config).map(({ call }) => call));
  const isNumbered = ({ workflowId }: PinnedWorkflow) =>
    calls.every((call) => call.workflowId !== workflowId || call.revision !== null);
  return Object.values(children).flatMap((child) => (isNumbered(child) ? floatingIn(child) : [child]));
}
