import { existsSync, readdirSync } from 'node:fs';

const LIBRARIES = '/usr/lib';
const LIBRARY = 'faketime/libfaketimeMT.so.1';
/** Who calls whom stand on different sides, and so do who writes a time and who compares it. */
const AHEAD = ['gateway', 'connection-manager', 'worker'];
const BEHIND = ['auth', 'catalog', 'workflow'];

/** Variables of each service, by which its clock is that much ahead, or behind; below zero the other way round. Timers go as ever. */
export function clocksApart(byMs: number): Record<string, Record<string, string>> {
  const library = faketime();
  const clock = (ms: number) => ({
    LD_PRELOAD: library,
    FAKETIME: `${ms < 0 ? '-' : '+'}${Math.abs(ms) / 1000}s`,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    NO_FAKE_STAT: '1',
  });
  return Object.fromEntries([
    ...AHEAD.map((app) => [app, clock(byMs)] as const),
    ...BEHIND.map((app) => [app, clock(-byMs)] as const),
  ]);
}

/** Debian keeps it in a folder by the machine's architecture. */
function faketime(): string {
  const found = readdirSync(LIBRARIES)
    .map((folder) => `${LIBRARIES}/${folder}/${LIBRARY}`)
    .find((path) => existsSync(path));
  if (!found) throw new Error('The drill of clocks needs libfaketime: apt-get install -y faketime');
  return found;
}
