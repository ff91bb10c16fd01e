import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const CAP_SYS_RESOURCE = 1n << 24n;

/** Variables for podman: none where it can work as it is, else settings that leave out what this machine forbids. */
export function podmanVariables(): Record<string, string> {
  if (mayRaiseLimits()) return {};
  const file = resolve('dist', 'containers.conf');
  const runtime = resolve('scripts', 'images', 'runtime-without-limits.sh');
  const engine = ['[engine]', 'cgroup_manager = "cgroupfs"', 'events_logger = "file"', 'runtime = "without-limits"'];
  writeFileSync(file, [...engine, '[engine.runtimes]', `without-limits = ["${runtime}"]`, ''].join('\n'));
  return { CONTAINERS_CONF: file };
}

function mayRaiseLimits(): boolean {
  const [, held = '0'] = /^CapEff:\s*(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return (BigInt(`0x${held}`) & CAP_SYS_RESOURCE) !== 0n;
}
