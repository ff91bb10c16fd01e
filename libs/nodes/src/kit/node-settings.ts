import { z } from 'zod';

/** Settings that every node's config may carry beside its own keys. `disabled` stands on the node itself. */
export const commonSettings = {
  onError: z
    .enum(['fail', 'continue'])
    .optional()
    .meta({
      ui: {
        label: 'When it fails',
        widget: 'segmented',
        options: { fail: 'Fail the run', continue: 'Go on' },
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
};

/** The settings of a config, with their defaults. */
export interface NodeSettings {
  onError: 'fail' | 'continue';
  retry: { maxAttempts: number; backoffMs: number };
  timeoutMs?: number;
}

const readSettings = z.object(commonSettings);

/** Reads the settings out of a config that its node's schema has accepted. */
export function settingsOf(config: unknown): NodeSettings {
  const { onError, retry, timeoutMs } = readSettings.parse(config);
  return {
    onError: onError ?? 'fail',
    retry: retry ?? { maxAttempts: 1, backoffMs: 0 },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}
