import { print } from '../../bench/report';
import { fuzz } from './fuzz/fuzz-part';
import { specs } from './jest-part';
import { licences } from './licences';
import { sqlmap, wapiti } from './live-attack';
import { lintOpenApi } from './openapi-lint';
import type { Part } from './part';
import { configuration, secrets } from './trivy-part';

/** In the order in which they run where none is named. */
const PARTS: Readonly<Record<string, Part>> = {
  openapi: { title: 'OpenAPI document by the OWASP rules', run: lintOpenApi },
  licences: { title: 'Licences of what ships', run: () => Promise.resolve(licences()) },
  trivy: { title: 'Dockerfile and Kubernetes by trivy', run: configuration },
  secrets: { title: 'Secrets in the tree and its history', run: secrets },
  matrix: { title: 'Who may ask what', run: () => specs('e2e', ['test/authorization', 'test/tenants.e2e']) },
  canaries: {
    title: 'Nothing is told or kept in plain',
    run: () => specs('e2e', ['test/canary.e2e', 'test/secrets.e2e']),
  },
  wapiti: { title: 'wapiti against a live stack', run: wapiti },
  sqlmap: { title: 'sqlmap against a live stack', run: sqlmap },
  fuzz: { title: 'Fuzz of every route', run: fuzz },
};

interface Asked {
  name: string;
  args: string[];
}

/** `fuzz 200000 7 licences` are two parts, the first with two words of its own. */
function partsIn(words: readonly string[]): Asked[] {
  const asked: Asked[] = [];
  for (const word of words) {
    const last = asked.at(-1);
    if (Object.hasOwn(PARTS, word)) asked.push({ name: word, args: [] });
    else if (last && /^\d+$/.test(word)) last.args.push(word);
    else throw new Error(`There is no part ${word}. There are: ${Object.keys(PARTS).join(', ')}`);
  }
  return asked.length > 0 ? asked : Object.keys(PARTS).map((name) => ({ name, args: [] }));
}

/** Asks each part and tells what it came to; a part that can't be asked fails, with the reason. */
async function main(): Promise<boolean> {
  const failed: string[] = [];
  for (const { name, args } of partsIn(process.argv.slice(2))) {
    const part = PARTS[name];
    if (!part) continue;
    const { isGood, rows } = await part.run(args).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      return { isGood: false, rows: [{ what: 'could not be asked', value: 'failed', compared: reason }] };
    });
    print(`${part.title}: ${isGood ? 'good' : 'FAILED'}`, rows);
    if (!isGood) failed.push(name);
  }
  if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
  return failed.length === 0;
}

main().then(
  (isGood) => process.exit(isGood ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
