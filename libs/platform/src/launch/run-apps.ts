/**
 * Child side of the launcher: loads the entry files that the arguments name into this one process. When the launcher dies the
 * channel to it breaks, and the process stops as if it had been asked to.
 */
const FORCED_END_MS = 20_000;

process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), FORCED_END_MS).unref();
});
// Listening would otherwise keep a process alive that has nothing left to do.
process.channel?.unref();

for (const entry of process.argv.slice(2)) require(entry);
