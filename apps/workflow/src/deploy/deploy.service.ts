import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type {
  ApplyRequest,
  DeployBody,
  DeployedView,
  DeployPreview,
  DeployRequest,
} from '@snowflow/contracts/workflow/deploy.dto';
import { exportPlan } from '@snowflow/engine/export/export-plan';
import { accessOf } from '@snowflow/engine/export/plan-access';
import { type Rights, rightsOf } from '@snowflow/engine/export/rights-of';
import type { Plan } from '@snowflow/engine/plan/plan';
import { currentPerson } from '@snowflow/transport/request-scope';
import { ChangeLog } from '../audit/change-log';
import type { LeastAccess } from '../sharing/visible-workflows.sql';
import { WorkflowAccess } from '../sharing/workflow-access';
import { CurrentSession } from '../validation/current-session';
import { PlanningService } from '../validation/planning.service';
import { fingerprint } from '../workflows/fingerprint';
import { refuseExcess } from '../workflows/parse-document';
import { exportRequest } from './export-request';
import { StatementSequence } from './statement-sequence';

/** The revision that is deployed. */
interface Saved {
  revision: number;
  definition: WorkflowDocument;
}

/** Makes of a workflow something in Snowflake that runs without SnowFlow. What is made is the person's, and nothing of it is kept here. */
@Injectable()
export class DeployService {
  constructor(
    private readonly access: WorkflowAccess,
    private readonly planning: PlanningService,
    private readonly session: CurrentSession,
    private readonly sequence: StatementSequence,
    private readonly changes: ChangeLog,
  ) {}

  async preview(request: DeployRequest): Promise<DeployPreview> {
    const [{ context }, saved] = await Promise.all([this.session.require(), this.saved(request, 'view')]);
    return this.previewOf(request, saved, context);
  }

  /** Only what a person has seen and confirmed is executed: another revision, role or table since then is refused. */
  async apply(request: ApplyRequest): Promise<DeployedView> {
    const session = await this.session.requireBuilder();
    const { context } = session;
    const saved = await this.saved(request, 'run');
    requireConfirmed(request);
    const preview = await this.previewOf(request, saved, context);
    if (preview.statements.length === 0) {
      const { problems } = preview;
      throw new AppError('WORKFLOW_INVALID', 'It can’t be made like this, so nothing was.', {
        extensions: { problems },
      });
    }
    if (request.fingerprint !== undefined && request.fingerprint !== preview.fingerprint) {
      throw new AppError(
        'DEPLOY_CHANGED',
        'The workflow, your role or a table has changed since the statements were shown. Look at them again.',
      );
    }
    await this.changes.before(session, {
      action: 'workflow.deployed',
      object: { kind: 'workflow', id: request.id, name: saved.definition.name },
      after: {
        revision: saved.revision,
        target: request.target,
        ...(request.name ? { name: Object.values(request.name).join('.') } : {}),
        statements: preview.statements.length,
      },
    });
    return this.sequence.execute(request.id, preview.statements, context);
  }

  private async previewOf(request: DeployRequest, saved: Saved, context: PinnedContext): Promise<DeployPreview> {
    const { revision, definition } = saved;
    const comment = `Made by SnowFlow from “${definition.name.slice(0, 100)}”, ${request.id}, revision ${revision}`;
    const asked = exportRequest(request, definition.parameters, context, comment);
    const { problems: invalid, plan } = await this.planning.plan(definition, context);
    const exported = plan ? exportPlan(plan, asked) : { statements: [], nodes: [], problems: [] };
    const { statements } = exported;
    const rights = rightsFor(request, plan, exported.nodes, context);
    return {
      revision,
      statements,
      rights,
      problems: [...invalid, ...exported.problems],
      fingerprint: fingerprint([statements, rights]),
    };
  }

  private async saved({ id, revision, parameters }: DeployRequest, least: LeastAccess): Promise<Saved> {
    refuseExcess('parameters', parameters);
    return this.access.saved(currentPerson(), id, revision ?? null, least);
  }
}

function rightsFor(
  { target, name, warehouse, secure }: DeployBody,
  plan: Plan | undefined,
  nodes: readonly string[],
  context: PinnedContext,
): Rights {
  const { role, secondaryRoles } = context;
  return rightsOf({
    target,
    role,
    secondaryRoles,
    warehouse: warehouse ?? context.warehouse,
    ...(name === undefined ? {} : { name }),
    ...(secure === undefined ? {} : { secure }),
    ...(plan ? accessOf(plan, nodes) : { reads: [], writes: [] }),
  });
}

function requireConfirmed({ target, confirmed }: ApplyRequest): void {
  if (target === 'sql') {
    const message = 'A script makes nothing in Snowflake: copy it, or run the workflow';
    throw new AppError('VALIDATION', message, { errors: [{ path: 'target', message }] });
  }
  if (confirmed) return;
  const message = 'Confirm that you have seen the statements and whose rights readers get';
  throw new AppError('VALIDATION', message, { errors: [{ path: 'confirmed', message }] });
}
