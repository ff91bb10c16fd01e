import { z } from 'zod';
import { nameField } from './fields';

/** Settings that every node's config may carry beside its own keys. `disabled` stands on the node itself. */
export const commonSettings = {
  onError: z
    .enum(['fail', 'continue', 'branch'])
    .optional()
    .meta({
      ui: {
        label: 'When it fails',
        widget: 'segmented',
        options: { fail: 'Fail the run', continue: 'Go on', branch: 'Error branch' },
        advanced: true,
      },
    }),
  retry: z
    .strictObject({
      maxAttempts: z
        .int()
        .min(1)
        .max(10)
        .meta({ ui: { label: 'Attempts at most' } }),
      backoffMs: z
        .int()
        .min(0)
        .max(600_000)
        .default(1000)
        .meta({ ui: { label: 'Wait between them (ms)' } }),
    })
    .optional()
    .meta({ ui: { label: 'Try again', advanced: true } }),
  timeoutMs: z
    .int()
    .min(100)
    .max(86_400_000)
    .optional()
    .meta({ ui: { label: 'Time limit (ms)', advanced: true } }),
  materialise: z
    .boolean()
    .optional()
    .meta({
      ui: { label: 'Compute once', hint: 'A statement of its own; later ones read its result', advanced: true },
    }),
  materialiseAs: z
    .strictObject({
      database: nameField({ widget: 'database', label: 'Database' }),
      schema: nameField({ widget: 'schema', label: 'Schema', hint: 'You need the right to create tables in it' }),
    })
    .optional()
    .meta({
      ui: {
        label: 'Keep in a scratch table',
        hint: 'Computed once into a transient table that later statements read, also after more than 24 hours; dropped at the run’s end. Who may read tables of the schema may read it',
        advanced: true,
      },
    }),
  pinned: z
    .strictObject({
      runId: z
        .string()
        .regex(/^run_[0-9A-Za-z]{22}$/)
        .meta({ ui: { label: 'Run' } }),
      nodeId: z
        .string()
        .min(1)
        .max(64)
        .meta({ ui: { label: 'Node' } }),
    })
    .optional()
    .meta({ ui: { label: 'Pinned result', widget: 'hidden', advanced: true } }),
};

/** The settings of a config, with their defaults. */
export interface NodeSettings {
  onError: 'fail' | 'continue' | 'branch';
  retry: { maxAttempts: number; backoffMs: number };
  timeoutMs?: number;
  /** It ends a statement of its own, whose result later ones read. */
  materialise: boolean;
  /** Where the rows of what is computed once are kept as a table, instead of as a statement's result. */
  materialiseAs?: { database: string; schema: string };
  /** The result of an earlier run that stands in for running it. */
  pinned?: { runId: string; nodeId: string };
}

const readSettings = z.object(commonSettings);

/** Reads the settings out of a config that its node's schema has accepted. */
export function settingsOf(config: unknown): NodeSettings {
  const { onError, retry, timeoutMs, materialise, materialiseAs, pinned } = readSettings.parse(config);
  return {
    onError: onError ?? 'fail',
    retry: retry ?? { maxAttempts: 1, backoffMs: 0 },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    materialise: materialise === true || materialiseAs !== undefined,
    ...(materialiseAs === undefined ? {} : { materialiseAs }),
    ...(pinned === undefined ? {} : { pinned }),
  };
}
