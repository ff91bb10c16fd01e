import type { FieldError } from '@snowflow/contracts/errors/app-error';
import type { AskedValue } from '@snowflow/contracts/documents/template-terms';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { AskKind, TemplateAsk, TemplateAskView } from '@snowflow/contracts/workflow/templates.dto';
import { hasPlace, parsePath, type TemplatePath, valueAt } from './template-path';

/** What is wrong with questions about a document, by their place in the list. */
export function askProblems(document: WorkflowDocument, ask: readonly TemplateAsk[]): FieldError[] {
  return ask.flatMap(({ path, also = [] }, index) => [
    ...(ask.findIndex((other) => other.path === path) < index
      ? [{ path: `ask.${index}.path`, message: 'It is asked twice. Leave one out.' }]
      : []),
    ...placeProblem(document, path, `ask.${index}.path`),
    ...also.flatMap((other, place) => placeProblem(document, other, `ask.${index}.also.${place}`)),
  ]);
}

/** The questions as a form shows them, each with the kind of its answer and what stands there now. */
export function asksOf(document: WorkflowDocument, ask: readonly TemplateAsk[]): TemplateAskView[] {
  return ask.flatMap((one) => {
    const path = parsePath(one.path);
    if (!path) return [];
    const value = valueAt(document, path);
    return [{ ...one, kind: kindOf(document, path, value), ...(isAsked(value) ? { value } : {}) }];
  });
}

function placeProblem(document: WorkflowDocument, text: string, at: string): FieldError[] {
  const path = parsePath(text);
  if (!path) return [{ path: at, message: 'Write parameters.NAME, or nodes.ID.config.FIELD' }];
  if (!hasPlace(document, path)) return [{ path: at, message: `The workflow has no ${text}` }];
  const value = valueAt(document, path);
  const isAskable = value === undefined || isAsked(value);
  return isAskable
    ? []
    : [{ path: at, message: `${text} is neither a text, a number, yes or no, nor a list of texts` }];
}

function kindOf(document: WorkflowDocument, path: TemplatePath, value: unknown): AskKind {
  if (path.kind === 'parameter') {
    const type = document.parameters.find(({ name }) => name === path.name)?.type ?? 'string';
    return type === 'string' ? 'text' : type;
  }
  if (Array.isArray(value) || LISTS.has(path.field.at(-1) ?? '')) return 'texts';
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text';
}

/** Lists of texts that may be absent altogether. */
const LISTS = new Set(['approvers', 'escalateTo', 'to']);

function isAsked(value: unknown): value is AskedValue {
  return (
    ['string', 'number', 'boolean'].includes(typeof value) ||
    (Array.isArray(value) && value.every((one) => typeof one === 'string'))
  );
}
