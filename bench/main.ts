import { print, Row } from './report';

/** Every benchmark, in the order it is told. `npm run bench -- runs rpc` runs only those named. */
const benches: Record<string, { title: string; load: () => Promise<{ run(): Promise<Row[]> }> }> = {
  rpc: { title: 'Gateway and RPC', load: () => import('./rpc.bench.js') },
  runs: { title: 'Durable runs', load: () => import('./runs.bench.js') },
  published: { title: 'Published workflows', load: () => import('./published.bench.js') },
  rows: { title: 'Rows', load: () => import('./rows.bench.js') },
  stream: { title: 'A million rows', load: () => import('./stream.bench.js') },
  tenants: { title: 'Many tenants', load: () => import('./tenants.bench.js') },
  latency: { title: 'Start latency', load: () => import('./latency.bench.js') },
  fairness: { title: 'Fairness', load: () => import('./fairness.bench.js') },
  sources: { title: 'Source sizes', load: () => import('./sources.bench.js') },
  graphs: { title: 'Graphs', load: () => import('./graphs.bench.js') },
  catalog: { title: 'A large catalog', load: () => import('./catalog.bench.js') },
  engine: { title: 'Engine', load: () => import('./engine.bench.js') },
  validate: { title: 'Validation', load: () => import('./validate.bench.js') },
  planner: { title: 'Planner', load: () => import('./planner.bench.js') },
  canvas: { title: 'A large canvas', load: () => import('./canvas.bench.js') },
  memory: { title: 'Memory', load: () => import('./memory.bench.js') },
};

async function main(names: readonly string[]): Promise<void> {
  for (const name of names.length > 0 ? names : Object.keys(benches)) {
    const bench = benches[name];
    if (!bench) throw new Error(`There is no benchmark ${name}; there are ${Object.keys(benches).join(', ')}`);
    const { run } = await bench.load();
    print(bench.title, await run());
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
