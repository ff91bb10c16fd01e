import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { LeastAccess, Owner } from '../sharing/visible-workflows.sql';
import { WorkflowAccess } from '../sharing/workflow-access';

/** A document and, where it is a saved one, whose state it is. */
interface NamedDocument {
  workflowId: string | null;
  revision: number | null;
  document: WorkflowDocument;
}

/** Finds the document that a request means: a saved one by id and revision, or the one that it brings. */
@Injectable()
export class RequestedDocument {
  constructor(private readonly access: WorkflowAccess) {}

  /** `least` is what the person has to be allowed to do with it. */
  async of(
    owner: Owner,
    { workflowId, revision }: { workflowId?: string; revision?: number },
    inline: WorkflowDocument | undefined,
    least: LeastAccess = 'run',
  ): Promise<NamedDocument> {
    if (inline) {
      if (workflowId !== undefined) throw oneOfTwo('Give either workflowId or definition, not both');
      return { workflowId: null, revision: null, document: inline };
    }
    if (workflowId === undefined) throw oneOfTwo('Give workflowId or definition');
    const saved = await this.access.saved(owner, workflowId, revision ?? null, least);
    return { workflowId, revision: saved.revision, document: saved.definition };
  }
}

function oneOfTwo(message: string): AppError {
  return new AppError('VALIDATION', 'The request does not name one workflow.', {
    errors: [{ path: 'workflowId', message }],
  });
}
