import type { WorkflowDocument, WorkflowParameter } from '../documents/workflow-document';
import { FreeObject, Moment, Nested, OneOf, Text, Texts, Whole } from '../dto/fields';
import { EMBED_TOKEN_MOST_SECONDS, EMBED_VIEWS, type EmbedSubject, type EmbedView } from '../embed/embed-token';
import { CallingKey, type PublishedRunReply } from './publication.dto';

/** How it is shown, and for how long. */
export class PublishedEmbedBody {
  @OneOf(EMBED_VIEWS, { description: 'canvas: the drawing, read-only. run: a form, and what the workflow answers' })
  view: EmbedView;
  @Whole({ optional: true, min: 60, max: EMBED_TOKEN_MOST_SECONDS, default: 900 }) ttlSeconds?: number;
  @Text({ optional: true, description: 'The one parent that may show it; left out: all that the tenant allows' })
  origin?: string;
}

/** What is to be embedded: a saved workflow, or what is published under a slug. */
export class EmbedTokenBody extends PublishedEmbedBody {
  @Text({ optional: true, description: 'Its latest revision is shown; its publication is run' })
  workflowId?: string;
  @Text({ optional: true, max: 100, description: 'Instead of it: the published revision' }) slug?: string;
}

export class EmbedTokenRequest extends EmbedTokenBody {
  @Nested(() => CallingKey, { optional: true }) key?: CallingKey;
}

/** What a verified token opens. */
export class EmbeddedRequest {
  @FreeObject() of: EmbedSubject;
}

/** The parameters as a form asks for them. */
export interface EmbeddedWorkflow {
  name: string;
  description: string;
  revision: number;
  parameters: WorkflowParameter[];
  /** For the canvas alone. */
  definition: WorkflowDocument | null;
}

class EmbeddedParameterView {
  @Text({ max: 64 }) name: string;
  @OneOf(['string', 'number', 'boolean', 'date', 'timestamp']) type: WorkflowParameter['type'];
  @Text({ optional: true, max: 1_000 }) description?: string;
  @FreeObject({ optional: true, description: 'A string, number, boolean or null' })
  default?: WorkflowParameter['default'];
}

export class EmbeddedWorkflowView implements EmbeddedWorkflow {
  @Text({ max: 200 }) name: string;
  @Text({ min: 0, max: 10_000 }) description: string;
  @Whole({ min: 1 }) revision: number;
  @Nested(() => EmbeddedParameterView, { many: true }) parameters: WorkflowParameter[];
  @FreeObject({ nullable: true, description: 'For the canvas alone' }) definition: WorkflowDocument | null;
  @OneOf(EMBED_VIEWS) view: EmbedView;
  @Text({ description: 'The id in the address of the frame that the token is for' }) embedId: string;
  @Texts({ description: 'The origins whose pages may show it' }) parents: string[];
  @Moment({ description: 'The end of the token' }) expiresAt: string;
}

/** How far a run that a frame started is. */
export class EmbeddedRunView {
  @Text() runId: string;
  @OneOf(['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled']) status: PublishedRunReply['status'];
  @Text({ nullable: true, description: 'Why it failed: the code alone' }) code: string | null;
}
