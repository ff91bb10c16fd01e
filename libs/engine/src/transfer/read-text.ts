import { parseBoundedYaml, type YamlFault } from '@snowflow/contracts/documents/bounded-yaml';
import { LineCounter } from 'yaml';
import { type FaultAt, refuse, TransferFault } from './transfer-fault';

/** YAML costs more to read than JSON. */
export const MOST_YAML = 2_000_000;
/** How often anchors may be repeated: a few are a convenience, many are a bomb. */
const MOST_ALIASES = 50;
const DEEPEST = 64;
const MOST_VALUES = 500_000;
const MOST_FAULTS = 20;

/** The value of a text of JSON or YAML, bounded: its depth and size, no aliases without end, no keys that reach into prototypes. */
export function readText(text: string): unknown {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (content.trim() === '') throw refuse('', 'The file is empty');
  const value = asJson(content) ?? asYaml(content);
  refuseHostile(value);
  return value;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** All JSON is YAML too, so what is wrong with a text of JSON is found here, with its place. */
function asYaml(text: string): unknown {
  if (text.length > MOST_YAML) {
    throw refuse('', `It is no JSON, and longer than the ${MOST_YAML} characters that are read as YAML`);
  }
  refuseNesting(text);
  const lines = new LineCounter();
  try {
    const read = parseBoundedYaml(text, lines, { stringKeys: true });
    if ('excess' in read) throw refuse('', `It is no JSON, and ${read.excess}`);
    if ('faults' in read) throw refused(read.faults, lines);
    return read.document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    if (error instanceof TransferFault) throw error;
    if (error instanceof ReferenceError) {
      throw refuse('', `Anchors and aliases make it too large; write out what repeats more than ${MOST_ALIASES} times`);
    }
    if (error instanceof RangeError) throw tooDeep();
    throw refuse('', 'It can’t be read as YAML');
  }
}

function refused(faults: readonly YamlFault[], lines: LineCounter): TransferFault {
  if (faults.some(({ message }) => message.includes('call stack'))) return tooDeep();
  return new TransferFault(faults.slice(0, MOST_FAULTS).map(({ message, at }) => faultAt(lines, at, message)));
}

function faultAt(lines: LineCounter, at: number, message: string): FaultAt {
  const place = lines.linePos(at);
  const [line, column] = [Math.max(1, place.line), Math.max(1, place.col)];
  return { path: '', line, column, message: `Line ${line}, column ${column}: ${message.slice(0, 300)}` };
}

/** Before a parser that walks by calling itself: brackets and dashes are counted, those in quotes too. */
function refuseNesting(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '[' || letter === '{') depth += 1;
    else if (letter === ']' || letter === '}') depth = Math.max(0, depth - 1);
    if (depth > DEEPEST * 4) throw tooDeep();
  }
  if (/^(?:[-?:][ \t]+){65}/m.test(text)) throw tooDeep();
}

/** Walks level by level, so that hostile nesting costs no stack. */
function refuseHostile(value: unknown): void {
  let level: unknown[] = [value];
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw tooDeep();
    values += level.length;
    if (values > MOST_VALUES) throw refuse('', `It holds more than ${MOST_VALUES} values`);
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item === 'number' && !Number.isFinite(item)) throw refuse('', 'It holds a number that is none');
      if (typeof item !== 'object' || item === null) continue;
      if (Object.hasOwn(item, '__proto__')) throw refuse('', 'It holds a key named __proto__, which no workflow has');
      for (const child of Object.values(item)) next.push(child);
    }
    level = next;
  }
}

const tooDeep = () => refuse('', `It is nested more than ${DEEPEST} levels deep`);
