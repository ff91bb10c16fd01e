import { z } from 'zod';

const NAME = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;
const name = z.string().max(63, 'is longer than 63 characters').regex(NAME, 'is not lower case, digits and hyphens');
const port = z.int().min(1).max(65_535);
const path = z.string().regex(/^\/[\w./-]*$/, 'is no absolute path');
const cpu = z.string().regex(/^\d+(?:\.\d+)?m?$/, 'is no amount of processors');
const memory = z.string().regex(/^\d+(?:M|Mi|G|Gi)$/, 'is no amount of memory');
const amounts = z.strictObject({ cpu, memory });
const probe = z.strictObject({
  port,
  path,
  periodSeconds: z.int().min(1).optional(),
  failureThreshold: z.int().min(1).optional(),
});

const container = z.strictObject({
  name,
  image: z.string(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  // Not numbers and not booleans: what a container gets is text, and YAML's `on` is none everywhere.
  env: z.record(z.string(), z.string()).default({}),
  readinessProbe: probe.optional(),
  livenessProbe: probe.optional(),
  mountSessionToken: z.boolean().default(true),
  volumeMounts: z.array(z.strictObject({ name, mountPath: path })).default([]),
  resources: z.strictObject({ requests: amounts, limits: amounts }),
});

// The owner of a volume's files can be named for stages only, which are no place for a database.
const volume = z.discriminatedUnion('source', [
  z.strictObject({ name, source: z.literal('block'), size: z.string().regex(/^\d+Gi$/, 'is not in whole Gi') }),
  z.strictObject({ name, source: z.literal('memory'), size: memory }),
]);

/**
 * The fields of a service specification that we use, as Snowflake's reference has them. Strict, so that a field that does not exist and a
 * value of another type are errors here and not in a consumer's account.
 */
export const serviceSpec = z.strictObject({
  spec: z.strictObject({
    containers: z.array(container).min(1),
    endpoints: z.array(z.strictObject({ name, port, protocol: z.literal('HTTP'), public: z.boolean() })),
    volumes: z.array(volume),
    logExporters: z
      .strictObject({ eventTableConfig: z.strictObject({ logLevel: z.enum(['INFO', 'ERROR', 'NONE']) }) })
      .optional(),
  }),
  capabilities: z.strictObject({ securityContext: z.strictObject({ executeAsCaller: z.boolean() }) }),
  serviceRoles: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z](?:[a-z0-9_]*[a-z0-9])?$/, 'is not lower case, digits and underscores'),
      endpoints: z.array(z.string()).min(1),
    }),
  ),
});
export type ServiceSpec = z.infer<typeof serviceSpec>;
export type Container = z.infer<typeof container>;
