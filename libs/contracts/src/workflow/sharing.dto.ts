import { Flag, Nested, OneOf, Text, Texts } from '../dto/fields';

/** What somebody may do with a workflow, from the least to the most; each holds those before it. */
export const SHARED_ACCESS = ['view', 'run', 'edit'] as const;
export type SharedAccess = (typeof SHARED_ACCESS)[number];
/** `own` is its owner's; `none` an admin's, who may list and transfer what is not shared with them. */
export const WORKFLOW_ACCESS = ['none', ...SHARED_ACCESS, 'own'] as const;
export type WorkflowAccessLevel = (typeof WORKFLOW_ACCESS)[number];

export class ShareView {
  @Text({
    max: 300,
    pattern: /^(everyone|role:(owner|admin|builder|viewer)|user:[^\0]{1,255})$/,
    description: '`everyone` of the tenant, `role:<appRole>` or `user:<Snowflake user>`',
  })
  to: string;
  @OneOf(SHARED_ACCESS) access: SharedAccess;
  @Flag({ description: "May see the details of its owner's runs: counts, columns, SQL; never rows" }) details: boolean;
}

export class SharesBody {
  @Nested(() => ShareView, { many: true, max: 200 }) items: ShareView[];
}

export class SaveSharesRequest extends SharesBody {
  @Text() id: string;
}

export class TagsBody {
  @Texts({ max: 20, description: 'At most 20, each of 1 to 40 characters' }) tags: string[];
}

export class SaveTagsRequest extends TagsBody {
  @Text() id: string;
}

export class NewOwnerBody {
  @Text({ description: 'The Snowflake user name of a builder, admin or owner of the tenant' }) username: string;
}

export class NewOwnerRequest extends NewOwnerBody {
  @Text() id: string;
}

export class OwnerView {
  @Text() id: string;
  @Text() owner: string;
}

export class RemoveQuery {
  @OneOf(['true', 'false'], { optional: true, description: 'Out of the trash, with all its revisions, for good' })
  forever?: 'true' | 'false';
}

export class RemoveRequest extends RemoveQuery {
  @Text() id: string;
}
