import { type ChartConfig, chartFields } from '@snowflow/nodes/kit/chart-fields';

/** The chart that a node's config asks for; of one that does not parse, which the inspector tells, the plainest. */
export function chartOf(chart: unknown): ChartConfig {
  return chartFields.safeParse(chart ?? {}).data ?? { mark: 'bar' };
}
