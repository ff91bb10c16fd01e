import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { closureOf, packagesFrom } from './production-packages';

describe('What a program needs of node_modules', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'snowflow-packages-'));
    write('package.json', { dependencies: { web: '1', driver: '1', validator: '1' } });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('is what the files name that its entry reaches, and not what other files name', () => {
    write(
      'dist/main.js',
      'const a = require("./part"); const fs = require("node:fs"); require("path"); import("lazy/deep.js");',
    );
    write(
      'dist/part/index.js',
      'export { b } from "@scope/thing/inner"; require("./settings.json"); require("./main");',
    );
    write('dist/part/settings.json', {});
    write('dist/part/main.js', 'require("web")');
    write('dist/other.js', 'require("driver")');
    expect(packagesFrom(root, 'dist/main.js')).toEqual(['@scope/thing', 'lazy', 'web']);
  });

  it('is also what packages depend on, each as Node finds it from there', () => {
    install('web', { dependencies: { tools: '1' }, optionalDependencies: { fast: '1', absent: '1' } });
    install('tools', {});
    install('fast', { dependencies: { tools: '2' } });
    install('fast/node_modules/tools', {});
    install('driver', {});
    expect(closureOf(root, ['web'])).toEqual([
      'node_modules/fast',
      'node_modules/fast/node_modules/tools',
      'node_modules/tools',
      'node_modules/web',
    ]);
  });

  it('holds a peer that a package can do without only where SnowFlow depends on it itself', () => {
    const optional = { optional: true };
    install('web', {
      peerDependencies: { needed: '1', validator: '1', compiler: '1' },
      peerDependenciesMeta: { validator: optional, compiler: optional },
    });
    for (const name of ['needed', 'validator', 'compiler']) install(name, {});
    expect(closureOf(root, ['web'])).toEqual(['node_modules/needed', 'node_modules/validator', 'node_modules/web']);
  });

  const write = (path: string, content: object | string) => {
    const about = { name: dirname(path), version: '1.0.0' };
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify({ ...about, ...content }));
  };
  const install = (name: string, content: object) => write(`node_modules/${name}/package.json`, content);
});
