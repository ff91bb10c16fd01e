import { z } from 'zod';
import type { Publication, PublicationBody } from '../../api/publications';
import type { Me } from '../../api/types';

const limit = z.string().regex(/^(?:[1-9]\d{0,5})?$/, 'A whole number from 1 to 999,999, or nothing.');

export const REVISION = /^[1-9]\d{0,8}$/;

export const publishSchema = z.object({
  slug: z
    .string()
    .trim()
    .regex(
      /^[a-z0-9](?:[a-z0-9]|-(?!-)){1,58}[a-z0-9]$/,
      'Use 3 to 60 lower-case letters, digits and single hyphens, as orders-by-region.',
    ),
  revision: z.string().regex(REVISION, 'Give the number of a saved revision.'),
  credentialId: z.string().min(1, 'Choose a stored credential. Store one in the settings first.'),
  role: z.string().min(1, 'Choose a role.'),
  warehouse: z.string(),
  mode: z.enum(['sync', 'async']),
  callsPerMinute: limit,
  callsPerDay: limit,
  enabled: z.boolean(),
});
export type PublishValues = z.infer<typeof publishSchema>;

/** A slug of the workflow's name, for a first proposal. */
export function slugOf(name: string): string {
  const words =
    name
      .toLowerCase()
      .normalize('NFKD')
      .match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(0, 60).replace(/-$/, '');
}

export function initialValues(name: string, revision: number, me: Me, known: Publication | null): PublishValues {
  const limits = known?.limits;
  return {
    slug: known?.slug ?? slugOf(name),
    revision: String(known?.revision ?? revision),
    credentialId: known?.credentialId ?? '',
    role: known?.role ?? me.role ?? '',
    warehouse: (known ? known.warehouse : me.warehouse) ?? '',
    mode: known?.mode ?? 'sync',
    callsPerMinute: String(limits?.callsPerMinute ?? ''),
    callsPerDay: String(limits?.callsPerDay ?? ''),
    enabled: known?.enabled ?? true,
  };
}

/** Limits that the form has no field for stay as they are. */
export function bodyOf(values: PublishValues, known: Publication | null): PublicationBody {
  const numberOf = (text: string) => (text === '' ? null : Number(text));
  return {
    slug: values.slug.trim(),
    revision: Number(values.revision),
    credentialId: values.credentialId,
    role: values.role,
    warehouse: values.warehouse || null,
    mode: values.mode,
    limits: {
      ...known?.limits,
      callsPerMinute: numberOf(values.callsPerMinute),
      callsPerDay: numberOf(values.callsPerDay),
    },
    enabled: values.enabled,
  };
}

/** Calls it from a shell; the key is the reader's to fill in. */
export function curlOf(origin: string, slug: string, parameters: readonly { name: string }[]): string {
  const values = JSON.stringify({ parameters: Object.fromEntries(parameters.map(({ name }) => [name, '…'])) });
  return [
    `curl ${origin}/api/v1/published/${slug} \\`,
    `  -H "X-API-Key: $SNOWFLOW_API_KEY" -H "content-type: application/json" \\`,
    `  -d '${values}'`,
  ].join('\n');
}
