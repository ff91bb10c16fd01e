// The lock file must serve every platform we support from any registry: no download addresses, and every optional platform package present.
import { readFileSync } from 'node:fs';

const PLATFORMS = [/linux-x64(-gnu)?$/, /linux-arm64(-gnu)?$/, /darwin-arm64$/];
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const problems = [];

for (const [path, entry] of Object.entries(packages)) {
  if (entry.resolved?.startsWith('http')) problems.push(`${path} has a download address`);
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (!PLATFORMS.some((platform) => platform.test(name))) continue;
    const found = packages[`${path}/node_modules/${name}`] ?? packages[`node_modules/${name}`];
    if (!found) problems.push(`${path} needs ${name}, which the lock file lacks: npm ci fails on that platform`);
  }
}
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);
