import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withMetricsTable } from './metrics-table';
import { alertsOf, askedBy, panelsOf } from './promql';
import { registeredMetrics } from './registered-metrics';

const root = join(__dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const sources = ['apps', 'libs'].flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
    .map((path) => `${room}/${path}`),
);

/** What Prometheus adds to every sample, and to buckets. */
const OF_PROMETHEUS = ['job', 'instance', 'le'];
const registered = new Map(registeredMetrics().map((metric) => [metric.name, metric]));
const metricOf = (name: string) => registered.get(name) ?? registered.get(name.replace(/_(bucket|count|sum)$/, ''));

/** What of an expression no program shows. */
function unknownIn(expression: string): string[] {
  const { metrics, grouping } = askedBy(expression);
  const asked = metrics.filter(({ name }) => name !== 'up');
  const missing = asked.filter(({ name }) => !metricOf(name)).map(({ name }) => name);
  const known = new Set([...OF_PROMETHEUS, ...asked.flatMap(({ name }) => metricOf(name)?.labels ?? [])]);
  const strange = [...grouping, ...metrics.flatMap(({ labels }) => labels)].filter((label) => !known.has(label));
  return [...missing, ...strange];
}

describe('Alerts and the dashboard', () => {
  const alerts = alertsOf(read('docs/observability/alerts.yml'));
  const panels = panelsOf(read('docs/observability/dashboard.json'));
  const page = read('docs/OBSERVABILITY.md');

  it('ask for metrics and labels that the programs show, in PromQL', () => {
    const expressions = [...alerts, ...panels].map(({ expr }) => expr);
    expect(expressions.length).toBeGreaterThan(40);
    expect(expressions.flatMap((expr) => unknownIn(expr).map((name) => `${name} in ${expr}`))).toEqual([]);
  });

  it('between them show every metric of SnowFlow', () => {
    const shown = panels.flatMap(({ expr }) => askedBy(expr).metrics.map(({ name }) => metricOf(name)?.name));
    const own = [...registered.keys()].filter((name) => name.startsWith('snowflow_'));
    expect(own.filter((name) => !shown.includes(name))).toEqual([]);
  });

  it('say for each alert what to do, under the heading that its runbook names', () => {
    const anchors = [...page.matchAll(/^### (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    for (const { alert, annotations } of alerts) {
      const [file, anchor = ''] = annotations.runbook.split('#');
      expect([alert, file]).toEqual([alert, 'docs/OBSERVABILITY.md']);
      expect(anchors).toContain(anchor);
      expect(page).toContain(`\`${alert}\``);
    }
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  });

  it.each([
    ['sum(rate(snowflow_http_requests_totl[5m]))', 'snowflow_http_requests_totl'],
    ['max by (tenant) (snowflow_run_leases_held)', 'tenant'],
    ['snowflow_http_requests_total{path="/"}', 'path'],
  ])('are found out where they ask for what is not there: %s', (expression, name) => {
    expect(unknownIn(expression)).toEqual([name]);
  });

  it('are found out where they are no PromQL', () => {
    expect(() => askedBy('sum(rate(snowflow_http_requests_total[5m])')).toThrow('No PromQL');
  });
});

describe('Metrics', () => {
  it('have no label that could take as many values as there are tenants, people, runs or addresses', () => {
    const unbounded = /tenant|user|person|session|run_?id|query|path|url|account|workflow/i;
    const labels = [...registered.values()].flatMap(({ name, labels: own }) => own.map((label) => [name, label]));
    expect(labels.filter(([, label = '']) => unbounded.test(label))).toEqual([]);
  });

  it('are made in files that say so, all of which the page of metrics reads', () => {
    const makers = sources.filter((path) => /new (?:Counter|Gauge|Histogram|Summary)\(/.test(read(path)));
    const list = read('scripts/observability/registered-metrics.ts');
    expect(makers.length).toBeGreaterThan(5);
    expect(makers.filter((path) => !list.includes(path.replace(/\.ts$/, '')))).toEqual([]);
  });

  it('stand in the page as the programs register them: npm run docs:metrics', () => {
    const page = read('docs/OBSERVABILITY.md');
    expect(page).toBe(withMetricsTable(page));
  });
});
