import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { z } from 'zod';

/** A metric as an expression asks for it, with the labels that it is chosen and grouped by. */
export interface AskedMetric {
  name: string;
  labels: string[];
}

/** Grafana's own; any duration stands for it. */
const withoutVariables = (expression: string) => expression.replaceAll('$__rate_interval', '5m');

/** What an expression asks for. Throws where it is no PromQL. */
export function askedBy(expression: string): { metrics: AskedMetric[]; grouping: string[] } {
  const text = withoutVariables(expression);
  const metrics: AskedMetric[] = [];
  const grouping: string[] = [];
  let inGrouping = false;
  parser.parse(text).iterate({
    enter: ({ type, from, to }) => {
      const said = text.slice(from, to);
      if (type.isError) throw new Error(`No PromQL at ${from}: ${expression}`);
      if (type.name === 'GroupingLabels') inGrouping = true;
      if (type.name === 'Identifier') metrics.push({ name: said, labels: [] });
      if (type.name === 'LabelName') (inGrouping ? grouping : (metrics.at(-1)?.labels ?? [])).push(said);
    },
    leave: ({ type }) => {
      if (type.name === 'GroupingLabels') inGrouping = false;
    },
  });
  return { metrics, grouping };
}

const rules = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string(),
          expr: z.string(),
          for: z.string().regex(/^\d+[smh]$/),
          labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string().min(10), runbook: z.string() }),
        }),
      ),
    }),
  ),
});

/** The alerts of a rule file. Throws where one lacks its summary or its runbook. */
export const alertsOf = (text: string) => rules.parse(parse(text)).groups.flatMap((group) => group.rules);

const dashboard = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).default([]) })),
});

/** Every expression of a dashboard, with the panel that shows it. */
export const panelsOf = (text: string) =>
  dashboard
    .parse(JSON.parse(text))
    .panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })));
