import { table } from '../markdown-table';
import { registeredMetrics } from './registered-metrics';

const BEGIN = '<!-- Made by npm run docs:metrics. -->';
const END = '<!-- end of metrics -->';

/** SnowFlow's own metrics as a table of docs/OBSERVABILITY.md. */
export function metricsTable(): string {
  const own = registeredMetrics().filter(({ name }) => name.startsWith('snowflow_'));
  const rows = own
    .toSorted((one, other) => one.name.localeCompare(other.name))
    .map(({ name, kind, labels, help }) => [
      `\`${name}\``,
      kind,
      labels.map((label) => `\`${label}\``).join(', ') || 'none',
      help,
    ]);
  return table(['Metric', 'Kind', 'Labels', 'Meaning'], rows);
}

/** The page with the table that the programs make. Throws where the page has no place for it. */
export function withMetricsTable(page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`The page lacks ${BEGIN} or ${END}`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${metricsTable()}\n\n${page.slice(end)}`;
}
