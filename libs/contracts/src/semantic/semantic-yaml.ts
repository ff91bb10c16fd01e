import { isNode, LineCounter, stringify, type Document } from 'yaml';
import { z } from 'zod';
import { parseBoundedYaml } from '../documents/bounded-yaml';
import { semanticFields, semanticModel, type SemanticModel } from './semantic-model';
import { isEmpty, modelFaults, type SemanticFault, type SemanticPath } from './semantic-problems';

/** The longest text that is read. */
export const MAX_SEMANTIC_YAML = 1_000_000;
/** How often anchors may be repeated: a few are a convenience, many are a bomb. */
const MAX_ALIASES = 50;

/** What is wrong with a YAML text, where (counted from 1), and what to do about it. */
export interface YamlProblem {
  line: number;
  column: number;
  /** Such as `tables[0].metrics[2].expr`; empty: the whole text. */
  path: string;
  message: string;
  severity: 'error' | 'warning';
}

/** A model, where nothing but warnings was found. */
export interface ParsedYaml {
  model?: SemanticModel;
  problems: YamlProblem[];
}

/** Reads a semantic model. Every problem says its line; a text with an error gives no model. */
export function parseSemanticYaml(text: string): ParsedYaml {
  if (text.length > MAX_SEMANTIC_YAML)
    return failed(`The text is longer than ${MAX_SEMANTIC_YAML} characters; split the model`);
  const lines = new LineCounter();
  const read = parseBoundedYaml(text, lines);
  if ('excess' in read) return failed(`The text ${read.excess}`);
  if ('faults' in read) {
    return {
      problems: read.faults.slice(0, 20).map(({ message, at }) => ({
        ...place(lines, at),
        path: '',
        message,
        severity: 'error',
      })),
    };
  }
  const { document } = read;
  const content = contentOf(document);
  if (typeof content === 'string') return failed(content);
  const parsed = semanticModel.safeParse(content.value);
  const found = parsed.success ? modelFaults(parsed.data) : parsed.error.issues.flatMap(issueFaults);
  if (parsed.success && isEmpty(parsed.data)) {
    found.push({ path: ['tables'], message: 'No table has a dimension or a metric; add one', severity: 'error' });
  }
  const faults = [...found, ...unknownFields(content.value, 'model', [])];
  const problems = faults.map(({ path, message, severity }) => ({
    ...place(lines, offsetOf(document, path)),
    path: pathText(path),
    message,
    severity,
  }));
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return parsed.success && found.length === 0 ? { model: parsed.data, problems } : { problems };
}

/** Writes a model: always the same text for the same model, in the order of the specification. */
export function writeSemanticYaml(model: SemanticModel): string {
  return stringify(ordered(model, 'model'), { lineWidth: 0, aliasDuplicateObjects: false });
}

const failed = (message: string): ParsedYaml => ({
  problems: [{ line: 1, column: 1, path: '', message, severity: 'error' }],
});

/** The text as a value; a sentence, where its aliases are too many or it is no map. */
function contentOf(document: Document): { value: object } | string {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    return `Anchors and aliases make it too large; write out what repeats more than ${MAX_ALIASES} times`;
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { value }
    : 'A semantic model is a map that begins with “name:”';
}

function issueFaults(issue: z.core.$ZodIssue): SemanticFault[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  const field = path.at(-1);
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  const message = missing ? `“${String(field)}” is missing; add it` : issue.message;
  return [{ path: missing ? path.slice(0, -1) : path, message, severity: 'error' }];
}

type Kind = keyof typeof semanticFields;
const isKind = (name: string): name is Kind => name in semanticFields;
const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields that the specification did not have when this was written: kept as they are, and told. */
function unknownFields(value: unknown, kind: Kind, path: SemanticPath): SemanticFault[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => unknownFields(item, kind, [...path, index]));
  if (!isMap(value)) return [];
  const known: readonly string[] = semanticFields[kind];
  return Object.entries(value).flatMap(([field, inner]): SemanticFault[] => {
    const here = [...path, field];
    if (!known.includes(field)) {
      return [
        { path: here, message: `“${field}” is not known here; it is kept, and does nothing`, severity: 'warning' },
      ];
    }
    return isKind(field) ? unknownFields(inner, field, here) : [];
  });
}

function ordered(value: unknown, kind: Kind): unknown {
  if (Array.isArray(value)) return value.map((item) => ordered(item, kind));
  if (!isMap(value)) return value;
  const known: readonly string[] = semanticFields[kind];
  const fields = [
    ...known,
    ...Object.keys(value)
      .filter((field) => !known.includes(field))
      .sort(),
  ];
  return Object.fromEntries(
    fields.flatMap((field) => {
      const inner = value[field];
      if (inner === undefined || (Array.isArray(inner) && inner.length === 0)) return [];
      return [[field, isKind(field) && known.includes(field) ? ordered(inner, field) : inner]];
    }),
  );
}

/** Where a path stands in the text, or the nearest place above it that does. */
function offsetOf(document: Document, path: SemanticPath): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function place(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

const pathText = (path: SemanticPath) =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text && '.'}${part}`),
    '',
  );
