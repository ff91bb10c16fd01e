import type { SourceDetail } from '../../../api/catalog';

type Tag = Exclude<SourceDetail['tags'], 'unknown'>[number];
type Policy = Exclude<SourceDetail['policies'], 'unknown'>[number];

export const tagText = ({ tag, value }: Tag) => `Tag ${tag} = ${value}`;

/** Snowflake writes kinds as MASKING_POLICY. */
export const policyText = ({ policy, kind }: Policy) =>
  `${kind === '' ? 'Policy' : kind[0] + kind.slice(1).toLowerCase().replaceAll('_', ' ')} ${policy}`;

/** What governs one column. */
export function governanceOf({ tags, policies }: SourceDetail, column: string): string[] {
  const here = (one: { column: string | null }) => one.column === column;
  return [
    ...(policies === 'unknown' ? [] : policies.filter(here).map(policyText)),
    ...(tags === 'unknown' ? [] : tags.filter(here).map(tagText)),
  ];
}
