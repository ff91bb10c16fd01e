import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type { TemplateUsedView, UseTemplate } from '@snowflow/contracts/workflow/templates.dto';
import { currentIdempotencyKey, currentPerson } from '@snowflow/transport/request-scope';
import type { Kysely } from 'kysely';
import { ChangeLog } from '../audit/change-log';
import type { WorkflowDatabase } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';
import { IdempotencyRepository } from '../idempotency/idempotency.repository';
import { CurrentSession } from '../validation/current-session';
import { WorkflowsService } from '../workflows/workflows.service';
import { fillTemplate } from './fill-template';
import { rewrittenCalls } from './rewritten-calls';
import { asksOf } from './template-asks';
import { TemplatesService } from './templates.service';
import type { TemplateContents } from './template-contents';

/** Makes workflows of templates. */
@Injectable()
export class TemplateUse {
  constructor(
    private readonly store: WorkflowStore,
    private readonly templates: TemplatesService,
    private readonly workflows: WorkflowsService,
    private readonly idempotency: IdempotencyRepository,
    private readonly session: CurrentSession,
    private readonly changes: ChangeLog,
  ) {}

  async use(request: UseTemplate): Promise<TemplateUsedView> {
    const person = currentPerson();
    const session = await this.session.requireBuilder();
    const { summary, contents } = await this.templates.find(request.id);
    const { id, name } = summary;
    const document = filled(contents, request, name);
    const key = currentIdempotencyKey();
    return this.store.transaction(person.tenantId, (db) => {
      const work = async () => {
        const used = await this.make(db, session, contents, document);
        const after = { workflowId: used.id, name: document.name, called: used.called.length };
        await this.changes.byPerson(db, session, {
          action: 'template.used',
          object: { kind: 'template', id, name },
          after,
        });
        return used;
      };
      if (!key) return work();
      return this.idempotency.once(db, { ...person, route: 'workflow.useTemplate', key, body: request }, work);
    });
  }

  /** What is called is made first, so that its new id is known to what calls it. */
  private async make(
    db: Kysely<WorkflowDatabase>,
    session: SessionRecord,
    { calls }: TemplateContents,
    document: WorkflowDocument,
  ): Promise<TemplateUsedView> {
    const ids = new Map<string, string>();
    for (const { id, definition } of calls) {
      const { id: made } = await this.workflows.createIn(db, session, rewrittenCalls(definition, ids));
      ids.set(id, made);
    }
    const { id, revision } = await this.workflows.createIn(db, session, rewrittenCalls(document, ids));
    return { id, revision, called: [...ids.values()] };
  }
}

/** Throws VALIDATION naming what of the answers is wrong. */
function filled(
  { definition, ask }: TemplateContents,
  { name, values = {} }: UseTemplate,
  title: string,
): WorkflowDocument {
  const outcome = fillTemplate(definition, asksOf(definition, ask), values);
  const unnamed = name !== undefined && (name.trim() === '' || name.includes('\0'));
  const errors = [
    ...('errors' in outcome ? outcome.errors : []),
    ...(unnamed ? [{ path: 'name', message: 'Give the workflow a name' }] : []),
  ];
  if ('errors' in outcome || errors.length > 0) {
    throw new AppError('VALIDATION', 'The template cannot be used with these answers.', { errors });
  }
  return { ...outcome.document, name: (name ?? title).trim() };
}
