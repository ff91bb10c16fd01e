import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..');

/** A copy of the tree to plant in: other tests build and start what stands in the real one. */
function copyOfTheTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'snowflow-planted-'));
  for (const part of ['apps', 'libs', 'frontend', 'tsconfig.json', 'package.json', '.dependency-cruiser.cjs']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

describe('npm run check', () => {
  let copy: string;

  beforeAll(() => {
    copy = copyOfTheTree();
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  /** Plants a file, checks the imports of it, and takes it away again. */
  const violationsWith = (file: string, source: string): string => {
    const planted = join(copy, file);
    writeFileSync(planted, source);
    try {
      const args = ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', file];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
      return status === 0 ? 'none' : `${stdout}${stderr}`;
    } finally {
      rmSync(planted);
    }
  };

  it.each([
    ['an app that imports another', 'apps/auth/src/planted.ts', '../../workflow/src/env', 'no-app-to-app'],
    ['a lib that imports an app', 'libs/engine/src/planted.ts', '../../../apps/auth/src/env', 'no-lib-to-app'],
    [
      'contracts that know the platform',
      'libs/contracts/src/planted.ts',
      '@snowflow/platform/env/env-schema',
      'contracts-imports',
    ],
    [
      'a platform that knows the transport',
      'libs/platform/src/planted.ts',
      '@snowflow/transport/request-scope',
      'platform-imports',
    ],
    [
      'the driver outside of connection-manager',
      'apps/workflow/src/planted.ts',
      'snowflake-sdk',
      'only-connection-manager',
    ],
    [
      'a node that imports another',
      'libs/nodes/src/shape-limit/planted.ts',
      '../shape-sort/shape-sort.definition',
      'no-node-to-node',
    ],
    ['a page that reaches into a service', 'frontend/src/planted.ts', '../../apps/auth/src/env', 'frontend-imports'],
    ['a service that uses what only tests may', 'apps/auth/src/planted.ts', '@snowflow/testing/stack', 'tests-only'],
  ])('refuses %s', (_what, file, imported, rule) => {
    expect(violationsWith(file, `import '${imported}';\n`)).toContain(rule);
  });

  it('refuses a file of more than 400 lines, and names it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'snowflow-long-'));
    try {
      execFileSync('git', ['init', '-q'], { cwd: folder });
      writeFileSync(join(folder, 'short.ts'), 'x;\n'.repeat(400));
      const check = () =>
        spawnSync(process.execPath, [join(root, 'scripts/check-file-length.mjs'), folder], { encoding: 'utf8' });
      expect(check().status).toBe(0);
      writeFileSync(join(folder, 'long.ts'), 'x;\n'.repeat(401));
      expect(check()).toMatchObject({ status: 1, stderr: expect.stringContaining('long.ts has 401 lines') });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
