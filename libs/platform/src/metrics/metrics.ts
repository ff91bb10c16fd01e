import { collectDefaultMetrics, register, Registry } from 'prom-client';

let collecting = false;

/** The process's metrics: apps add theirs by `new Counter({ …, registers: [metrics()] })`; /metrics on the health port shows them. */
export function metrics(): Registry {
  if (!collecting) {
    collecting = true;
    collectDefaultMetrics({ register });
  }
  return register;
}
