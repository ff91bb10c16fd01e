import { Injectable } from '@nestjs/common';
import type { ValidateReply } from '@snowflow/contracts/workflow/workflow.dto';
import { parseDocument } from '../workflows/parse-document';
import { CurrentSession } from './current-session';
import { PlanningService } from './planning.service';

/** Says what is wrong with a document and what it would execute, without running any of it. */
@Injectable()
export class ValidationService {
  constructor(
    private readonly planning: PlanningService,
    private readonly session: CurrentSession,
  ) {}

  async validate(definition: unknown): Promise<ValidateReply> {
    const document = parseDocument(definition);
    const { context } = await this.session.require();
    const { problems, plan, view, columns } = await this.planning.plan(document, context);
    return { valid: plan !== undefined, problems, plan: view, columns };
  }
}
