import { z } from 'zod';
import { columnsAt, problem } from '../kit/column-checks';
import { textAt } from '../kit/half-filled';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { templateProblems } from '../kit/text-template';

const YEAR_SECONDS = 366 * 86_400;

const config = z
  .strictObject({
    durationSeconds: z
      .int()
      .min(1)
      .max(YEAR_SECONDS)
      .optional()
      .meta({ ui: { label: 'Seconds', hint: 'From when the run arrives here' } }),
    until: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .meta({ ui: { label: 'Or until', placeholder: '2027-01-31T06:00:00Z', hint: 'A moment in UTC' } }),
    ...commonSettings,
  })
  .refine(({ durationSeconds, until }) => (durationSeconds === undefined) !== (until === undefined), {
    path: ['durationSeconds'],
    message: 'Give either a number of seconds or a moment',
  });

export type LogicWaitConfig = z.infer<typeof config>;

/** Goes on later. */
export const logicWait: NodeDefinition<LogicWaitConfig> = {
  type: 'logic.wait',
  group: 'logic',
  title: 'Wait',
  description: 'Lets the run rest for a while, or until a moment, and then go on.',
  icon: 'hourglass',
  inputs: [{ id: 'in', kind: 'either' }],
  outputs: [{ id: 'out', kind: 'either' }],
  config,
  initialConfig: { durationSeconds: 60 },
  order: 'keeps',
  passes: { through: 'all', reads: false },
  summary(config) {
    const [seconds, until] = [textAt(config, 'durationSeconds'), textAt(config, 'until')];
    if (until) return `Until ${until.slice(0, 40)}`;
    return seconds ? `${seconds} seconds` : 'No time yet';
  },
  check({ until }, context) {
    if (until === undefined) return [];
    if (until.includes('{{')) return templateProblems('until', until, context);
    return momentOf(until) ? [] : [problem('INVALID_CONFIG', 'until', 'Write a moment such as 2027-01-31T06:00:00Z')];
  },
  outputColumns: (_config, context) => ({ out: columnsAt(context, 'in') }),
  examples: [
    { title: 'An hour', config: { durationSeconds: 3600 } },
    { title: 'Until a morning', config: { until: '2027-01-31T06:00:00Z' } },
  ],
};

const MOMENT = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** The moment that a text says, in UTC where it names no zone; undefined where it says none. */
export function momentOf(text: string): Date | undefined {
  if (!MOMENT.test(text)) return undefined;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text) || text.length === 10 ? text : `${text.replace(' ', 'T')}Z`;
  const moment = new Date(zoned.replace(' ', 'T'));
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
