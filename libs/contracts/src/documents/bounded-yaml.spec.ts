import { LineCounter, stringify } from 'yaml';
import { parseBoundedYaml } from './bounded-yaml';

const filled = (part: string) => part.repeat(Math.floor(1_900_000 / part.length));
const numbered = (count: number, line: (at: number) => string) => Array.from({ length: count }, (_, at) => line(at));

/** What is said of a text, and how long a processor worked on it. */
function told(text: string): { said: string; seconds: number } {
  const begun = process.cpuUsage();
  const read = parseBoundedYaml(text, new LineCounter(), { stringKeys: true });
  const { user } = process.cpuUsage(begun);
  const said = 'excess' in read ? read.excess : 'faults' in read ? (read.faults[0]?.message ?? '') : 'taken';
  return { said, seconds: user / 1_000_000 };
}

describe('A text of YAML of two megabytes that was made to be slow', () => {
  it.each([
    ['empty entries of a list', `[${filled(',')}]`, /more than the 300000 words and signs/],
    ['brackets that close nothing', filled('}\n'), /more than the 300000/],
    ['quotes that do not end', `a: 1\n${filled('"\n')}`, /more than the 300000/],
    ['lists in lists', filled('- - - - - - - -\n'), /more than the 300000/],
    ['comments', filled('#\n'), /more than the 300000/],
    ['keys', numbered(150_000, (at) => `key${at}: 1`).join('\n'), /more than the 300000/],
    ['tags', filled('- !a b\n'), /more than the 300000/],
    ['anchors that each have an alias', numbered(50_000, (at) => `- &a${at} 1\n- *a${at}`).join('\n'), /1000 anchors/],
    ['as many faults as are read', `[${','.repeat(250_000)}]`, /Unexpected , in flow sequence/],
    ['as many open quotes as are read', `a: 1\n${'"\n'.repeat(140_000)}`, /quote/],
  ])('is told soon: %s', (_what, text, said) => {
    const result = told(text);
    expect(result.said).toMatch(said);
    expect(result.seconds).toBeLessThan(5);
  });
});

describe('An honest text of YAML', () => {
  it('is taken, though it holds 2,000 nodes or one text of two megabytes', () => {
    const nodes = numbered(2_000, (at) => `node-${at}`).map((id, at) => ({
      id,
      type: 'shape.filter',
      label: 'Filter',
      position: { x: at, y: 280 },
      config: { condition: `"REGION" = 'EUROPE'`, columns: ['A', 'B'] },
    }));
    const edges = nodes.map(({ id }) => ({
      id: `e-${id}`,
      source: id,
      sourcePort: 'out',
      target: id,
      targetPort: 'in',
    }));
    expect(told(stringify({ nodes, edges })).said).toBe('taken');
    expect(told(`sql: |\n${filled('  select 1\n')}`).said).toBe('taken');
    expect(told(stringify({ text: filled('two words ') })).said).toBe('taken');
    expect(told(numbered(900, (at) => `- &a${at} 1`).join('\n')).said).toBe('taken');
  });

  it('is refused with the place of a key that stands twice', () => {
    expect(parseBoundedYaml('a: 1\nb:\n  c: 1\n  c: 2\n', new LineCounter())).toEqual({
      faults: [{ message: 'Map keys must be unique', at: 17 }],
    });
  });
});
