import { OneOf, Text, Whole } from '../dto/fields';
import { MOST_REVISIONS } from './revisions.dto';

export const PUBLISH_DECISIONS = ['approve', 'reject'] as const;
export type PublishDecision = (typeof PUBLISH_DECISIONS)[number];

/** Which revision is to be published. */
export class PublishRequestBody {
  @Whole({ min: 1, max: MOST_REVISIONS }) revision: number;
}

export class AskToPublish extends PublishRequestBody {
  @Text() id: string;
}

export class PublishDecisionBody {
  @OneOf(PUBLISH_DECISIONS) decision: PublishDecision;
  @Text({ optional: true, max: 500, description: 'Shown to who asked' }) reason?: string;
}

export class DecidePublish extends PublishDecisionBody {
  @Text() requestId: string;
}

/** A wish to publish a revision, and what became of it. */
export class PublishRequestView {
  @Text() id: string;
  @Text() workflowId: string;
  @Text() workflowName: string;
  @Whole({ min: 1 }) revision: number;
  @Text() askedBy: string;
  @Text() askedAt: string;
  @OneOf(PUBLISH_DECISIONS, { nullable: true }) decision: PublishDecision | null;
  @Text({ nullable: true }) reason: string | null;
  @Text({ nullable: true }) decidedBy: string | null;
  @Text({ nullable: true }) decidedAt: string | null;
}
