import fc from 'fast-check';
import { readFile } from './read-file';
import { TransferFault } from './transfer-fault';

/** What is refused, and why. */
function refusal(text: string): string {
  try {
    readFile(text);
  } catch (error) {
    if (error instanceof TransferFault)
      return error.faults.map(({ path, message }) => `${path}: ${message}`).join('\n');
    throw error;
  }
  return 'taken';
}
const workflow = (more: object = {}) => ({
  key: 'w',
  name: 'W',
  nodes: [{ id: 'a', type: 'x', position: { x: 0, y: 0 } }],
  ...more,
});
const file = (more: object = {}, version: unknown = 1) =>
  JSON.stringify({ snowflow: version, workflows: [workflow(more)] });

describe('A file that is none', () => {
  it('is taken where nothing is wrong with it', () => {
    expect(refusal(file())).toBe('taken');
    expect(refusal('snowflow: 1\nworkflows:\n  - key: w\n    name: W\n')).toBe('taken');
    expect(refusal(JSON.stringify({ schemaVersion: 1, name: 'Bare' }))).toBe('taken');
  });

  it.each([
    ['nothing', '', /empty/],
    ['JSON that ends too soon', '{\n  "snowflow": 1,\n  "workflows": [', /Line 3, column \d+/],
    ['YAML that is wrong', 'snowflow: 1\nworkflows:\n  - key: "w\n', /Line \d+, column \d+/],
    ['a key twice', 'snowflow: 1\nsnowflow: 1\n', /Line 2, column 1: Map keys must be unique/],
    ['a key twice further in', 'a:\n  - b: 1\n    b: 2\n', /Line 3, column 5: Map keys must be unique/],
    ['a text', '"hello"', /no file of workflows/],
    ['a list of nothing', '[]', /no file of workflows/],
    ['another version', file({}, 7), /version 7; known here: 1/],
    ['no version', file({}, null), /known here: 1/],
    ['another schema version', '{"schemaVersion": 2}', /schema version 1/],
    ['fields that are not known', file({ surprise: 1 }), /surprise/],
    ['__proto__', '{"snowflow":1,"workflows":[],"__proto__":{"polluted":1}}', /__proto__/],
    ['NUL', file({ description: 'a\0b' }), /NUL/],
    ['half of a character', file({ description: 'a\ud800b' }), /surrogate/],
    ['a name that turns around', file({ name: 'a\u202Eb' }), /direction/],
    ['a huge name', file({ name: 'a'.repeat(300) }), /workflows\.0\.name/],
    [
      'an id twice',
      file({ nodes: [1, 2].map(() => ({ id: 'a', type: 'x', position: { x: 0, y: 0 } })) }),
      /nodes\.1\.id.*twice/,
    ],
    [
      'an edge to nowhere',
      file({ edges: [{ id: 'e', source: 'a', sourcePort: 'out', target: 'gone', targetPort: 'in' }] }),
      /edges\.0\.target: There is no node “gone”/,
    ],
    ['two documents in one', 'a: 1\n---\nb: 2\n', /Line \d/],
    ['a number that is none', 'snowflow: .nan\nx: .inf\n', /number that is none/],
  ])('%s', (_what, text, told) => {
    expect(refusal(text)).toMatch(told);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('two workflows of one key', () => {
    expect(refusal(JSON.stringify({ snowflow: 1, workflows: [workflow(), workflow()] }))).toMatch(/key “w”/);
  });

  it('is refused soon however deep it is nested or large it becomes', () => {
    const begun = performance.now();
    const deep = '['.repeat(10_000);
    expect(refusal(deep + ']'.repeat(10_000))).toMatch(/nested/);
    expect(refusal(deep)).toMatch(/nested/);
    expect(refusal('{"a":'.repeat(10_000))).toMatch(/nested/);
    expect(refusal('- '.repeat(10_000))).toMatch(/nested/);
    expect(refusal(Array.from({ length: 900 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'))).toMatch(/nested/);
    const bomb = Array.from({ length: 30 }, (_, at) => `a${at}: &a${at} [${`*a${at - 1},`.repeat(at > 0 ? 9 : 0)}x]`);
    expect(refusal(bomb.join('\n'))).toMatch(/aliases/);
    expect(refusal(`"${'x'.repeat(3_000_000)}`)).toMatch(/longer/);
    expect(refusal(Array.from({ length: 40_000 }, (_, at) => `k${at}: 1`).join('\n'))).toMatch(/no file of workflows/);
    expect(performance.now() - begun).toBeLessThan(20_000);
  });

  it('whatever it holds, it is read or refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), (text) => {
        expect(typeof refusal(text)).toBe('string');
      }),
      { numRuns: 500 },
    );
  });
});
