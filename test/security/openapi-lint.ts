import { Spectral } from '@stoplight/spectral-core';
import owasp from '@stoplight/spectral-owasp-ruleset';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildRoot } from '@snowflow/testing/env';
import { NOT_ASKED } from './owasp-exceptions';
import { barred, grouped, type PartOutcome } from './part';

const MOST_BYTES = 64 * 1024 * 1024;

/** Holds the OpenAPI document against OWASP's ten risks of APIs, as far as a document shows them. */
export async function lintOpenApi(): Promise<PartOutcome> {
  const script = join(buildRoot(), 'scripts/write-openapi.js');
  const { stdout } = await promisify(execFile)(process.execPath, [script], { maxBuffer: MOST_BYTES });
  const spectral = new Spectral();
  const off = Object.keys(NOT_ASKED).map((rule) => [rule, 'off'] as const);
  spectral.setRuleset({ extends: [[owasp, 'all']], rules: Object.fromEntries(off) });
  const findings = await spectral.run(JSON.parse(stdout) as Record<string, unknown>);
  const asked = Object.keys(spectral.ruleset?.rules ?? {}).length - off.length;
  const byRule = grouped(findings, ({ code }) => String(code));
  const rows = [...byRule].map(([rule, found]) => ({
    what: `  ${rule}`,
    value: String(found.length),
    compared: `${found[0]?.message} ${found[0]?.path.join('.')}`,
  }));
  const outcome = barred(
    'findings',
    findings.length,
    `${asked} rules asked, ${off.length} not, for reasons in owasp-exceptions.ts`,
  );
  return { isGood: findings.length === 0, rows: [outcome, ...rows] };
}
