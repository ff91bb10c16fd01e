import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What images say to Node, to the system and to their own health check, and no program reads. */
const OF_THE_IMAGE = ['NODE_ENV', 'PATH', 'HEALTH_PORT'];

/** By target of the Dockerfile, the variables that its image sets, with those of the stages it is made from. */
export function imageEnvironment(
  dockerfile: string = readFileSync(join(__dirname, '..', '..', 'Dockerfile'), 'utf8'),
): Record<string, Record<string, string>> {
  const stages: Record<string, Record<string, string>> = {};
  let current: Record<string, string> = {};
  for (const line of dockerfile.replaceAll(/\\\n/g, ' ').split('\n')) {
    const [, base = '', name = ''] = /^FROM (\S+) AS (\S+)$/.exec(line) ?? [];
    if (name) stages[name] = current = { ...stages[base] };
    if (line.startsWith('ENV ')) Object.assign(current, pairsOf(line));
  }
  return stages;
}

const pairsOf = (line: string): Record<string, string> =>
  Object.fromEntries(
    [...line.matchAll(/([A-Z_]+)=(\S+)/g)]
      .map(([, name = '', value = '']) => [name, value])
      .filter(([name = '']) => !OF_THE_IMAGE.includes(name)),
  );
