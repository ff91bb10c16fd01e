import { ApiProperty } from '@nestjs/swagger';
import type { WorkflowDocument } from '../documents/workflow-document';
import { FreeObject, Moment, Nested, OneOf, Text, Texts, Whole } from '../dto/fields';
import { PageQuery } from '../dto/page.dto';
import { type AskedValue, TEMPLATE_CATEGORIES, type TemplateCategory } from '../documents/template-terms';
import { MOST_REVISIONS } from './revisions.dto';

export const NEED_KINDS = [
  'table',
  'target',
  'schema',
  'semantic-view',
  'search-service',
  'model',
  'cortex',
  'host',
  'webhook',
] as const;
export type NeedKind = (typeof NEED_KINDS)[number];

export const ASK_KINDS = ['text', 'number', 'boolean', 'date', 'timestamp', 'texts'] as const;
export type AskKind = (typeof ASK_KINDS)[number];

export class TemplatesQuery extends PageQuery {
  @Text({ optional: true, description: 'A part of its name, description or tags' }) search?: string;
  @OneOf(TEMPLATE_CATEGORIES, { optional: true }) category?: TemplateCategory;
}

export class TemplateId {
  @Text() id: string;
}

/** Something that the workflow finds in the account, or that lets it out. */
export class TemplateNeed {
  @OneOf(NEED_KINDS) kind: NeedKind;
  @Text({ max: 1_000, description: 'In full: DB.SCHEMA.NAME, a model or a host' }) name: string;
}

/** A node as the picture of the graph shows it. */
export class PicturedNode {
  @Text({ max: 64 }) id: string;
  @Text({ max: 64 }) type: string;
  @Text({ min: 0 }) label: string;
  @ApiProperty({ type: Number }) x: number;
  @ApiProperty({ type: Number }) y: number;
}

export class PicturedEdge {
  @Text({ max: 64 }) source: string;
  @Text({ max: 64 }) target: string;
}

export class TemplateSummaryView {
  @Text() id: string;
  @Text() name: string;
  @Text({ min: 0, max: 2_000 }) description: string;
  @OneOf(TEMPLATE_CATEGORIES) category: TemplateCategory;
  @Texts() tags: string[];
  @OneOf(['starter', 'tenant']) origin: 'starter' | 'tenant';
  @Text({ nullable: true, description: 'Who made it; null for those that come with SnowFlow' }) madeBy: string | null;
  @Moment({ nullable: true }) updatedAt: string | null;
  @Nested(() => TemplateNeed, { many: true }) needs: TemplateNeed[];
  @Nested(() => PicturedNode, { many: true }) nodes: PicturedNode[];
  @Nested(() => PicturedEdge, { many: true }) edges: PicturedEdge[];
}

/** What is asked when it is used. */
export class TemplateAsk {
  @Text({ max: 400, description: 'parameters.NAME, or nodes.ID.config.FIELD with dots between' }) path: string;
  @Text({ max: 200 }) label: string;
  @Texts({ optional: true, max: 50, description: 'Further places that get the same value' }) also?: string[];
}

export class TemplateAskView extends TemplateAsk {
  @OneOf(ASK_KINDS) kind: AskKind;
  @ApiProperty({
    required: false,
    description: 'What stands there as long as nothing else is given',
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'array', items: { type: 'string' } }],
  })
  value?: AskedValue;
}

/** Something that the template needs and the asking session lacks. */
export class TemplateMissing extends TemplateNeed {
  @Text({ max: 2_000 }) sentence: string;
  @Text({ optional: true, max: 100_000, description: 'What an administrator may run' }) sql?: string;
}

/** What a template of the tenant does not carry although its workflow had it. */
export class TakenOut {
  @Text({ max: 400 }) path: string;
  @OneOf(['credential', 'address', 'header', 'secret', 'pinned-result', 'people']) kind:
    'credential' | 'address' | 'header' | 'secret' | 'pinned-result' | 'people';
}

/** A workflow that the template's own calls; it is made with it. */
export class TemplateCalled {
  @Text({ description: 'As the template’s documents name it' }) id: string;
  @FreeObject() definition: WorkflowDocument;
}

export class TemplateView extends TemplateSummaryView {
  @FreeObject() definition: WorkflowDocument;
  @Nested(() => TemplateCalled, { many: true }) calls: TemplateCalled[];
  @Nested(() => TemplateAskView, { many: true }) ask: TemplateAskView[];
  @Nested(() => TakenOut, { many: true }) takenOut: TakenOut[];
  @Nested(() => TemplateMissing, { many: true }) missing: TemplateMissing[];
}

/** What people say about a template. */
export class TemplateWords {
  @Text({ max: 200 }) name: string;
  @Text({ min: 0, max: 2_000 }) description: string;
  @OneOf(TEMPLATE_CATEGORIES) category: TemplateCategory;
  @Texts({ max: 10 }) tags: string[];
  @Nested(() => TemplateAsk, { many: true, max: 50 }) ask: TemplateAsk[];
}

export class NewTemplate extends TemplateWords {
  @Text() workflowId: string;
  @Whole({ optional: true, min: 1, max: MOST_REVISIONS, description: 'The revision saved last without it' })
  revision?: number;
}

export class ChangedTemplate extends TemplateWords {
  @Text() id: string;
}

export class TemplateMadeView {
  @Text() id: string;
  @Nested(() => TakenOut, { many: true }) takenOut: TakenOut[];
}

export class UseTemplateBody {
  @Text({ optional: true, max: 200, description: 'Of the new workflow; that of the template without it' })
  name?: string;
  @FreeObject({ optional: true, description: 'By the path of what is asked' }) values?: Record<string, unknown>;
}

export class UseTemplate extends UseTemplateBody {
  @Text() id: string;
}

export class TemplateUsedView {
  @Text({ description: 'The new workflow' }) id: string;
  @Whole({ min: 1 }) revision: number;
  @Texts({ description: 'Workflows that it calls, made with it' }) called: string[];
}
