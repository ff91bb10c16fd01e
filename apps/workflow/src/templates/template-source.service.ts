import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { TakenOut, TemplateCalled } from '@snowflow/contracts/workflow/templates.dto';
import { callsIn } from '@snowflow/nodes/kit/calls-in';
import { CalledWorkflowsService } from '../validation/called-workflows.service';
import { withoutSecrets } from './without-secrets';

/** Workflows that one template carries at most. */
const MOST_CALLED = 20;

/** A workflow with all that it calls, cleared of what may not be in a template. */
@Injectable()
export class TemplateSource {
  constructor(private readonly called: CalledWorkflowsService) {}

  async of(
    document: WorkflowDocument,
  ): Promise<{ definition: WorkflowDocument; calls: TemplateCalled[]; takenOut: TakenOut[] }> {
    const { definition, takenOut } = withoutSecrets(document);
    const found = new Map<string, TemplateCalled>();
    await this.follow(definition, found, []);
    const calls = [...found.values()];
    return { definition, calls, takenOut };
  }

  /** Depth first, so that what is called stands before what calls it. What is called is cleared too, and said to be by who made it. */
  private async follow(
    { nodes }: WorkflowDocument,
    found: Map<string, TemplateCalled>,
    path: readonly string[],
  ): Promise<void> {
    for (const { call } of nodes.flatMap(({ config }) => callsIn(config))) {
      if (found.has(call.workflowId)) continue;
      if (path.includes(call.workflowId)) throw refused('Its calls lead back to a workflow that makes them.');
      if (found.size + path.length >= MOST_CALLED) throw refused(`It calls more than ${MOST_CALLED} workflows.`);
      const saved = await this.called.find(call);
      if (!saved) throw refused('It calls a workflow that you do not have. Choose another there, then try again.');
      const { definition } = withoutSecrets(saved.definition);
      await this.follow(definition, found, [...path, call.workflowId]);
      found.set(call.workflowId, { id: call.workflowId, definition });
    }
  }
}

function refused(message: string): AppError {
  return new AppError('VALIDATION', message, { errors: [{ path: 'workflowId', message }] });
}
