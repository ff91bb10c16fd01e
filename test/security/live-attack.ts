import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startStack } from '@snowflow/testing/stack';
import { ApiClient } from '../support/api-client';
import { barred, type PartOutcome } from './part';
import { ran, scratchFolder } from './tools';

const INSTALL = 'apt-get install -y wapiti sqlmap';
const GENEROUS = { THROTTLE_REQUESTS_PER_MINUTE: '100000000' };
/** Of wapiti's modules those for what an API and its page may have. */
const MODULES =
  'exec,file,sql,blindsql,ssrf,xss,xxe,redirect,crlf,backup,htaccess,methods,csp,http_headers,cookieflags';
const ATTACK_SECONDS = 120;

/** What wapiti says that does not stand here, by the words of its report, and why. */
const WAPITI_NAMED: Readonly<Record<string, string>> = {
  'X-XSS-Protection is not set':
    'browsers have dropped the filter that it was for, and it opened holes of its own; the policy stands instead',
  'manifest.webmanifest~ found for': 'an address that is no file answers the page, whose own routes look like that',
};

interface WapitiReport {
  vulnerabilities: Record<string, { method: string; path: string; info: string }[]>;
}

/** Addresses with parameters of all kinds; what is in them is where an attack begins. */
const TARGETS = [
  '/api/v1/workflows?search=a&tag=b&limit=10',
  '/api/v1/runs?status=failed&workflowId=wf_0123456789abcdef0123',
  '/api/v1/catalog/search?q=nation&kinds=table&database=DEMO',
  '/api/v1/catalog/sources?database=SNOWFLAKE_SAMPLE_DATA&schema=TPCH_SF1&search=NAT',
  '/api/v1/templates?search=a&category=insight',
  '/api/v1/admin/audit?search=a&action=x&actor=y&objectId=z',
  '/api/v1/admin/runs?person=a&warehouse=b&status=failed',
  '/api/v1/workflows/column-uses?database=DEMO&schema=PUBLIC&table=T&column=C',
  '/api/v1/auth/methods?account=demo',
] as const;

/** wapiti crawls the page and attacks what it finds and is told of, signed in. */
export function wapiti(): Promise<PartOutcome> {
  return attacked(async (url, authorization, folder) => {
    const report = join(folder, 'wapiti.json');
    const starts = TARGETS.flatMap((target) => ['-s', url + target]);
    const bounds = [
      '--scope',
      'domain',
      '-d',
      '3',
      '--max-scan-time',
      String(ATTACK_SECONDS),
      '--max-attack-time',
      '60',
      '-t',
      '5',
    ];
    const asked = ['-u', `${url}/`, ...starts, ...bounds, '-m', MODULES, '-H', `Authorization: ${authorization}`];
    const log = join(folder, 'log');
    await ran('wapiti', [...asked, '-f', 'json', '-o', report, '--flush-session', '--no-bugreport'], log, INSTALL);
    const text = await readFile(report, 'utf8').catch(() => undefined);
    if (text === undefined) throw new Error(`wapiti made no report: ${(await readFile(log, 'utf8')).slice(-500)}`);
    const { vulnerabilities } = JSON.parse(text) as WapitiReport;
    const found = Object.entries(vulnerabilities).flatMap(([name, all]) => all.map((one) => ({ name, ...one })));
    const standing = found.filter(({ info }) => !Object.keys(WAPITI_NAMED).some((words) => info.includes(words)));
    return {
      isGood: standing.length === 0,
      rows: [
        barred(
          'findings',
          standing.length,
          `${found.length - standing.length} named with a reason; modules ${MODULES}`,
        ),
        ...standing.map(({ name, method, path, info }) => ({
          what: `  ${name}`,
          value: method,
          compared: `${path} ${info}`,
        })),
      ],
    };
  });
}

/** sqlmap tries every parameter of some addresses for SQL of ours. */
export function sqlmap(): Promise<PartOutcome> {
  return attacked(async (url, authorization, folder) => {
    const injectable: string[] = [];
    let tested = 0;
    for (const [index, target] of TARGETS.entries()) {
      const log = join(folder, `log-${index}`);
      const quiet = ['--batch', '--disable-coloring', '--flush-session', '--output-dir', join(folder, `out-${index}`)];
      const bounds = ['--level', '1', '--risk', '1', '--threads', '4', '--technique', 'BEU', '--dbms', 'PostgreSQL'];
      const refusals = ['--ignore-code', '400,403,404,422'];
      await ran(
        'sqlmap',
        ['-u', url + target, '-H', `Authorization: ${authorization}`, ...quiet, ...bounds, ...refusals],
        log,
        INSTALL,
      );
      const text = await readFile(log, 'utf8');
      // Each parameter is named where it is not, and summed up where it is injectable.
      tested += (text.match(/parameter '[^']+' does not (seem|appear) to be|is vulnerable/g) ?? []).length;
      if (/identified the following injection point|is vulnerable/.test(text)) injectable.push(target);
    }
    return {
      isGood: injectable.length === 0 && tested > 0,
      rows: [
        barred('injectable', injectable.length, `${tested} verdicts on parameters of ${TARGETS.length} addresses`),
        ...injectable.map((target) => ({ what: `  ${target}`, value: 'injectable', compared: '' })),
      ],
    };
  });
}

/** A stack on this machine, and who owns its tenant; the attack goes to no other address. */
async function attacked(
  attack: (url: string, authorization: string, folder: string) => Promise<PartOutcome>,
): Promise<PartOutcome> {
  const [stack, folder] = [await startStack({ env: GENEROUS }), await scratchFolder()];
  try {
    const api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    const outcome = await attack(stack.gatewayUrl, api.headers['authorization'] ?? '', folder);
    const failed = stack
      .logs()
      .split('\n')
      .filter((line) => line.includes('"Request failed"')).length;
    const { status } = await api.call('GET', '/workflows');
    return {
      isGood: outcome.isGood && failed === 0 && status === 200,
      rows: [
        ...outcome.rows,
        barred('answered 500 meanwhile', failed),
        { what: 'answers afterwards', value: String(status), compared: 'bar: 200' },
      ],
    };
  } finally {
    await stack.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
