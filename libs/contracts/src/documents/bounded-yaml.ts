import { type Document, isScalar, Lexer, type LineCounter, parseDocument, visit } from 'yaml';

/** Of what a lexer cuts a text into; the largest workflow that can be saved, with 2,000 nodes, has some 250,000. */
const MOST_PARTS = 300_000;
/** The parser looks for the anchor of an alias among all that came before. */
const MOST_ANCHORS = 1_000;

/** What is wrong with a text, and where in it. */
export interface YamlFault {
  message: string;
  at: number;
}

/** A text of YAML: as a document, or why it is none. `excess` says of the whole what it “holds”. */
export type BoundedYaml = { document: Document.Parsed } | { faults: YamlFault[] } | { excess: string };

/**
 * Parses YAML that anybody may have written. The parser's time goes by the parts of a text and not by its length, and nothing else is
 * done meanwhile: so parts are counted first, which is cheap, and what makes it slow out of proportion is refused or left out.
 */
export function parseBoundedYaml(text: string, lines: LineCounter, { stringKeys = false } = {}): BoundedYaml {
  const excess = excessOf(text);
  if (excess !== undefined) return { excess };
  const document = withoutStacks(() =>
    parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false, stringKeys }),
  );
  if (document.errors.length > 0) {
    return { faults: document.errors.map(({ message, pos: [at] }) => ({ message, at })) };
  }
  const faults = keysThatStandTwice(document);
  return faults.length > 0 ? { faults } : { document };
}

function excessOf(text: string): string | undefined {
  let parts = 0;
  let anchors = 0;
  for (const part of new Lexer().lex(text)) {
    parts += 1;
    if (part.startsWith('&') || part.startsWith('*')) anchors += 1;
    if (parts > MOST_PARTS) return `holds more than the ${MOST_PARTS} words and signs that are read as YAML`;
    if (anchors > MOST_ANCHORS) return `holds more than ${MOST_ANCHORS} anchors and aliases; write out what repeats`;
  }
  return undefined;
}

/** A hostile text has an error for each of its letters, and to trace where each was made takes longer than to parse. */
function withoutStacks<Value>(work: () => Value): Value {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = before;
  }
}

/** The parser's own look for them compares each key with every other one. */
function keysThatStandTwice(document: Document.Parsed): YamlFault[] {
  const twice: YamlFault[] = [];
  visit(document, {
    Map(_key, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) twice.push({ message: 'Map keys must be unique', at: key.range?.[0] ?? 0 });
        seen.add(key.value);
      }
    },
  });
  return twice;
}
