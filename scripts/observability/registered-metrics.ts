import '../../apps/connection-manager/src/limits/place-metrics';
import '../../apps/connection-manager/src/statements/statement-metrics';
import '../../apps/gateway/src/admission/admission-metrics';
import '../../apps/gateway/src/telemetry/http-metrics';
import '../../apps/workflow/src/execution/run-metrics';
import '../../apps/workflow/src/queue/queue-metrics';
import '../../libs/platform/src/postgres/pool-metrics';
import '../../libs/transport/src/rpc-metrics';
import { metrics } from '../../libs/platform/src/metrics/metrics';

/** A metric as the programs register it. */
export interface RegisteredMetric {
  name: string;
  kind: 'counter' | 'gauge' | 'histogram' | 'summary';
  help: string;
  labels: string[];
}

/** Every metric that a program shows, those of Node and the process included. */
export function registeredMetrics(): RegisteredMetric[] {
  return metrics()
    .getMetricsAsArray()
    .map((metric) => ({
      name: metric.name,
      kind: metric.type.toString() as RegisteredMetric['kind'],
      help: metric.help,
      labels: 'labelNames' in metric && Array.isArray(metric.labelNames) ? metric.labelNames.map(String) : [],
    }));
}
