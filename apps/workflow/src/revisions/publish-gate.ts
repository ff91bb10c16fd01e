import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';

/** What somebody asks to publish. */
export interface AskedPublication {
  workflowId: string;
  revision: number;
  document: WorkflowDocument;
}

/** Whether what the tenant decided lets a person publish; throws where it does not. */
export abstract class PublishGate {
  abstract assertMayPublish(session: SessionRecord, asked: AskedPublication): Promise<void>;
}

/** Owners publish their workflows without asking anybody. */
@Injectable()
export class OpenPublishGate extends PublishGate {
  assertMayPublish(): Promise<void> {
    return Promise.resolve();
  }
}
