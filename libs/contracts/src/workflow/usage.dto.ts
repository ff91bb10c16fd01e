import { Amount, Moment, Nested, OneOf, Text, Whole } from '../dto/fields';

export const USAGE_GROUPS = ['workflow', 'revision', 'person', 'key', 'trigger'] as const;
export type UsageGroup = (typeof USAGE_GROUPS)[number];

export class UsageQuery {
  @Text({ optional: true, max: 40, description: 'This moment or day, or later; 30 days ago by default' }) from?: string;
  @Text({ optional: true, max: 40, description: 'Before this moment or day; now by default' }) to?: string;
  @OneOf(USAGE_GROUPS, { optional: true, description: 'workflow by default' }) by?: UsageGroup;
}

export class UsageRowView {
  @Text({ nullable: true, description: 'The workflow id, with `@` and the revision; the person; the trigger' })
  id: string | null;
  @Text({ nullable: true, min: 0, description: 'As people know it; null for runs of nothing saved' }) name:
    string | null;
  @Whole({ nullable: true }) revision: number | null;
  @Whole() runs: number;
  @Whole() statements: number;
  @Whole() bytesScanned: number;
  @Whole() aiTokens: number;
  @Amount({ description: 'From the size of the warehouse and the time in it' }) estimatedCredits: number;
  @Amount({ nullable: true, description: "As Snowflake attributes them; null where it wasn't asked or says nothing" })
  attributedCredits: number | null;
}

export const USAGE_SOURCES = ['snowflake', 'estimate'] as const;

export class UsageView {
  @Moment() from: string;
  @Moment() to: string;
  @OneOf(USAGE_GROUPS) by: UsageGroup;
  @OneOf(USAGE_SOURCES, { description: 'Where the credits come from' }) source: (typeof USAGE_SOURCES)[number];
  @Text({ max: 1_000, description: 'What the credits are, and what is not in them' }) rule: string;
  @Nested(() => UsageRowView, { many: true, description: 'The most credits first; at most 500' })
  items: UsageRowView[];
  @Nested(() => UsageRowView, { description: 'Of all, those that are not shown too' }) totals: UsageRowView;
}
