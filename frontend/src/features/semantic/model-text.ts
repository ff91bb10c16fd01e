import { isMap, isSeq, parseDocument, type Document } from 'yaml';

/** Where something stands in a model. */
export type ModelPath = readonly (string | number)[];
/** A part of a model as far as it is written: any field may be missing or wrong. */
export type Draft = Readonly<Record<string, unknown>>;
export type DraftValue = string | readonly string[] | Draft;

const MAX_ALIASES = 50;
const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text as a draft, or why no form can show it. */
export function readDraft(text: string): Draft | string {
  const document = parseDocument(text);
  const [fault] = document.errors;
  if (fault) return `Line ${fault.linePos?.[0].line ?? 1}: ${fault.message.split(' at line')[0] ?? fault.message}`;
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return isDraft(value) ? value : 'A semantic model is a map that begins with “name:”.';
  } catch {
    return 'Anchors and aliases make it too large.';
  }
}

/** The text with a value in place of another; undefined takes the field away. Comments and other fields stay as they are. */
export function setAt(text: string, path: ModelPath, value: DraftValue | undefined): string {
  const document = parseDocument(text);
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, document.createNode(value));
  return written(document);
}

/** The text with an item at the end of a list, which is begun where there is none. */
export function addAt(text: string, path: ModelPath, item: Draft): string {
  const document = parseDocument(text);
  if (isSeq(document.getIn(path))) document.addIn(path, document.createNode(item));
  else document.setIn(path, document.createNode([item]));
  return written(document);
}

/** The text without an item; a list that it leaves empty goes, too. */
export function removeAt(text: string, path: ModelPath): string {
  const document = parseDocument(text);
  document.deleteIn(path);
  const list = path.slice(0, -1);
  const left = document.getIn(list);
  if (isSeq(left) && left.items.length === 0 && isMap(document.getIn(list.slice(0, -1), true) ?? document.contents)) {
    document.deleteIn(list);
  }
  return written(document);
}

const written = (document: Document) => document.toString({ lineWidth: 0 });

/** As problems name it: `tables[0].metrics[2].expr`. */
export const pathText = (path: ModelPath) =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text && '.'}${part}`),
    '',
  );

export function textIn(draft: Draft, field: string): string {
  const value = draft[field];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export function listIn(draft: Draft, field: string): Draft[] {
  const value = draft[field];
  return Array.isArray(value) ? value.map((item: unknown) => (isDraft(item) ? item : {})) : [];
}

export function draftIn(draft: Draft, field: string): Draft {
  const value = draft[field];
  return isDraft(value) ? value : {};
}

export function textsIn(draft: Draft, field: string): string[] {
  const value = draft[field];
  return Array.isArray(value) ? value.map(String) : [];
}
