import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Loaded before a process's own program (NODE_OPTIONS): on SIGUSR2 it collects all garbage there is and says in its log what is left. */
setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

process.on('SIGUSR2', () => {
  // What the first collection finalises, the second gives back.
  if (typeof collect === 'function') for (let turn = 0; turn < 2; turn++) collect();
  const { heapUsed, external } = process.memoryUsage();
  process.stderr.write(`collected by ${process.pid}, held ${heapUsed + external}\n`);
});
