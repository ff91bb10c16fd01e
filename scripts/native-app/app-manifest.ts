import { z } from 'zod';

/** Written as everywhere in the app: lower case without quotes, which Snowflake reads as upper case. */
const NAME = '[a-z][a-z0-9_]{0,62}';
const member = z.string().regex(new RegExp(`^${NAME}\\.${NAME}$`), 'is not schema.name in lower case');
const file = z.string().regex(/^[\w./-]+$/, 'is no path that Snowflake takes');
const sentence = z.string().min(20);
const level = z.enum(['INFO', 'WARN', 'ERROR', 'OFF']);

/**
 * The fields of a manifest that we use, as Snowflake's manifest reference has them. Strict: Snowflake would refuse another field, or read
 * over it in silence.
 */
export const appManifest = z.strictObject({
  manifest_version: z.literal(2),
  version: z
    .strictObject({
      name: z.string().regex(/^[\w.$ -]+$/),
      label: z.string().optional(),
      comment: z.string().optional(),
    })
    .optional(),
  artifacts: z.strictObject({
    readme: file,
    setup_script: file,
    container_services: z.strictObject({ uses_gpu: z.literal(false), images: z.array(z.string()).min(1) }),
    default_web_endpoint: z.strictObject({ service: member, endpoint: z.string() }),
  }),
  configuration: z.strictObject({
    log_level: level.optional(),
    // Snowflake warns of every other: calls of procedures would stand in the consumer's event table.
    trace_level: z.literal('OFF').optional(),
    grant_callback: member,
  }),
  lifecycle_callbacks: z.strictObject({ version_initializer: member }),
  privileges: z.array(
    z
      .record(z.string(), z.strictObject({ description: sentence }))
      .refine((entry) => Object.keys(entry).length === 1, 'is not one privilege with its description'),
  ),
  restricted_callers_rights: z.strictObject({ enabled: z.boolean(), description: sentence }),
});
export type AppManifest = z.infer<typeof appManifest>;
