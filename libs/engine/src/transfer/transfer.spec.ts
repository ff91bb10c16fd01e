import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import fc from 'fast-check';
import { randomWorkflow } from '../fixtures/random-workflow';
import { assembleFile } from './assemble-file';
import { canonical } from './canonical';
import { readFile } from './read-file';
import { toDocument } from './transfer-file';
import { writeFile } from './write-file';

const only = (document: WorkflowDocument) => assembleFile([{ document, tags: [], calledAs: [] }], { values: true });
const read = (text: string) => {
  const { workflows } = readFile(text);
  return { snowflow: 1 as const, workflows: workflows.map(({ workflow }) => workflow) };
};

/** Texts as people and machines write them, with letters that formats stumble over. */
const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom(
    'yes',
    'no',
    '~',
    'null',
    '1e3',
    '0x1F',
    '2024-01-01',
    '- a',
    '#x',
    'a: b',
    '',
    ' lead',
    'trail ',
    '\t',
  ),
  fc.constantFrom(
    'SELECT *\nFROM T\n',
    'a\n\n  b\n',
    'a\r\nb',
    '\u2028',
    '\u0085',
    '\uFEFFx',
    'a \nb',
    '\n',
    "it's",
    '"q"',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
);
const scalar = fc.oneof(
  words,
  // Documents come out of JSON columns, which know one zero.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const config = fc.dictionary(
  words.filter((key) => key !== '' && key !== '__proto__' && key !== 'workflowId'),
  fc.oneof(scalar, fc.array(scalar, { maxLength: 4 }), fc.dictionary(fc.constantFrom('a', '1', 'B c'), scalar)),
  { maxKeys: 4 },
);
const documents: fc.Arbitrary<WorkflowDocument> = fc
  .tuple(
    randomWorkflow,
    fc.array(config, { minLength: 1, maxLength: 5 }),
    words,
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  )
  .map(([{ document }, configs, text, x]) => ({
    ...document,
    description: text,
    notes: [{ id: 'note', text, position: { x, y: -x }, size: { width: 10.4, height: 3 } }],
    nodes: [
      ...document.nodes.map((node, at) => ({ ...node, label: '', position: { x: x * at, y: x } })),
      ...configs.map((own, at) => ({ id: `c${at}`, type: 'x.y', label: 'L', position: { x, y: 0 }, config: own })),
    ],
  }));

describe('A file of workflows', () => {
  it('survives JSON to YAML to JSON byte for byte, and gives the document back', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const file = only(document);
        const json = writeFile(file, 'json');
        const yaml = writeFile(read(json), 'yaml');
        const again = writeFile(read(yaml), 'json');
        expect(again).toBe(json);
        expect(writeFile(read(again), 'yaml')).toBe(yaml);
        const [back] = read(yaml).workflows;
        const [sent] = file.workflows;
        expect(back).toEqual(sent);
        expect(JSON.parse(JSON.stringify(back && toDocument(back)))).toEqual(
          JSON.parse(JSON.stringify(canonical((sent && toDocument(sent)) || document))),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('gives back the very document where it holds no secret', () => {
    fc.assert(
      fc.property(randomWorkflow, ({ document }) => {
        const [back] = read(writeFile(only(document), 'yaml')).workflows;
        expect(back && toDocument(back)).toEqual(canonical(document));
      }),
      { numRuns: 50 },
    );
  });

  it('is the same bytes in whatever order nodes and keys are listed, with LF and one at the end', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const other = {
          ...document,
          nodes: [...document.nodes].reverse().map((node) => ({
            ...node,
            config: Object.fromEntries(Object.entries(node.config).reverse()),
          })),
        };
        for (const format of ['json', 'yaml'] as const) {
          const text = writeFile(only(document), format);
          expect(writeFile(only(other), format)).toBe(text);
          expect(text.endsWith('\n') && !text.endsWith('\n\n') && !text.includes('\r')).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('keeps the order of edges into one port, for a union takes its inputs in it', () => {
    const node = (id: string) => ({ id, type: 'x', label: '', position: { x: 0, y: 0 }, config: {} });
    const edge = (id: string, source: string) => ({ id, source, sourcePort: 'out', target: 'u', targetPort: 'in' });
    const document: WorkflowDocument = {
      schemaVersion: 1,
      name: 'Union',
      description: '',
      parameters: [],
      nodes: [node('u'), node('b'), node('a')],
      edges: [edge('z', 'b'), edge('a', 'a')],
      notes: [],
      groups: [],
    };
    const [back] = read(writeFile(only(document), 'yaml')).workflows;
    expect(back?.edges.map(({ source }) => source)).toEqual(['b', 'a']);
    expect(back?.nodes.map(({ id }) => id)).toEqual(['a', 'b', 'u']);
  });

  it('names workflows that call each other by local names, and those that stay at home by a placeholder', () => {
    const calls = (name: string, config: Record<string, unknown>): WorkflowDocument => ({
      schemaVersion: 1,
      name,
      description: '',
      parameters: [],
      nodes: [{ id: 'call', type: 'logic.workflow', label: '', position: { x: 0, y: 0 }, config }],
      edges: [],
      notes: [],
      groups: [],
    });
    const id = (letter: string) => `wf_${letter.repeat(22)}`;
    const file = assembleFile(
      [
        { document: calls('Main', { workflowId: id('a'), revision: 4 }), tags: [], calledAs: [] },
        { document: calls('Main', { workflowId: id('b') }), tags: [], calledAs: [`${id('a')}@4`] },
      ],
      { values: true },
    );
    expect(file.workflows.map(({ key, nodes }) => [key, nodes[0]?.config])).toEqual([
      ['main', { workflowId: '<workflow:main-2>', revision: 1 }],
      ['main-2', { workflowId: '<workflow:workflow-1>' }],
    ]);
    expect(writeFile(file, 'json')).not.toContain('wf_');
  });

  it('leaves typed rows at home where that is asked for', () => {
    const typed: WorkflowDocument = {
      schemaVersion: 1,
      name: 'V',
      description: '',
      parameters: [],
      nodes: [
        {
          id: 'v',
          type: 'source.values',
          label: '',
          position: { x: 0, y: 0 },
          config: { columns: [], rows: [['Ann']] },
        },
      ],
      edges: [],
      notes: [],
      groups: [],
    };
    const rowsOf = (values: boolean) =>
      assembleFile([{ document: typed, tags: [], calledAs: [] }], { values }).workflows[0]?.nodes[0]?.config['rows'];
    expect([rowsOf(true), rowsOf(false)]).toEqual([[['Ann']], []]);
  });
});
