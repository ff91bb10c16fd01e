import { readFileSync, writeFileSync } from 'node:fs';
import { withMetricsTable } from './observability/metrics-table';

const PAGE = 'docs/OBSERVABILITY.md';
writeFileSync(PAGE, withMetricsTable(readFileSync(PAGE, 'utf8')));
