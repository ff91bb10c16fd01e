import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import type { CheckContext, Columns, NodeProblem } from './node-definition';
import { missingColumn, problem } from './column-checks';
import { valueName } from './references';
import { fieldOf, type StepValue, textOf } from './step-value';

/** The run that a text is filled in for. */
export interface RunIdentity {
  id: string;
  /** None of a run of a document that was never saved. */
  workflowId: string | null;
}

/** What a text's templates may stand for. */
export interface TemplateValues {
  /** Parameters by name and earlier values as `nodes.<id>.<field>`. */
  values: Readonly<Record<string, Bind>>;
  /** `{{ value }}`, and `{{ value.field }}` of it. */
  input: StepValue | undefined;
  /** `{{ run }}` and `{{ workflow }}`: their ids. */
  run: RunIdentity;
  /** `{{ item }}`, and `{{ item.field }}` of it, where a node goes through items. */
  item?: StepValue;
}

const TEMPLATE = /\{\{\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*\}\}/g;
const ONE_TEMPLATE = /^\s*\{\{\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*\}\}\s*$/;
/** Names that stand for something by themselves, and those that do with what follows them. */
const WHOLES: ReadonlySet<string> = new Set(['value', 'item', 'run', 'workflow']);
const GROUPS: ReadonlySet<string> = new Set(['value', 'item', 'parameters', 'nodes']);

/** A text with its templates filled in; what is not there is empty. For texts that go to people and systems, never for SQL. */
export function fillTemplate(text: string, values: TemplateValues): string {
  return replaceTemplates(text, values, shown);
}

/** A text with each template replaced by what is written for its value; one that names nothing stays as it is. */
export function replaceTemplates(
  text: string,
  values: TemplateValues,
  write: (value: StepValue | undefined) => string,
): string {
  return text.replaceAll(TEMPLATE, (whole, name: string) =>
    isTemplate(name) ? write(standsFor(name, values)) : whole,
  );
}

/** What a text comes to: where it is one template, what that stands for as it is; else the text with its templates filled in. */
export function templateValue(text: string, values: TemplateValues): StepValue {
  const [, only] = ONE_TEMPLATE.exec(text) ?? [];
  return only !== undefined && isTemplate(only) ? (standsFor(only, values) ?? null) : fillTemplate(text, values);
}

/**
 * Problems of a text whose templates name what is not there. `item`: the columns that `{{ item.name }}` may name, undefined where they
 * are not known; absent where the node has no items.
 */
export function templateProblems(
  path: string,
  text: string,
  { parameters }: CheckContext,
  item?: { names: Columns },
): NodeProblem[] {
  const known = new Set(parameters.map(({ name }) => name));
  return [...text.matchAll(TEMPLATE)].flatMap(([whole, name = '']) => {
    const [group, ...rest] = name.split('.');
    if (group === 'value' || name === 'run' || name === 'workflow') return [];
    if (group === 'item' && item) {
      return rest.length === 0 ? [] : missingColumn(item.names, rest.join('.'), path, 'What it goes through');
    }
    if (group === 'parameters' && known.has(rest.join('.'))) return [];
    if (group === 'nodes' && known.has(name)) return [];
    const message =
      group === 'parameters'
        ? `The workflow has no parameter “${rest.join('.')}”`
        : `${whole} names nothing that is known here`;
    const suggestion = `Use ${item ? '{{ item.field }}, ' : ''}{{ parameters.name }}, {{ value.field }} or {{ nodes.id.field }}`;
    return [problem('UNKNOWN_PARAMETER', path, message, suggestion)];
  });
}

/** The templates of a text that stand for values: parameters, earlier values and what reaches the node. */
export function valueTemplates(text: string): string[] {
  const names = [...text.matchAll(TEMPLATE)].map(([, name = '']) => name);
  return [...new Set(names.filter((name) => isTemplate(name) && name !== 'run' && name !== 'workflow'))];
}

/** The same of whatever stands in a config; none where it is no text. */
export const templatesIn = (given: unknown): string[] => (typeof given === 'string' ? valueTemplates(given) : []);

/** The names that a text's `{{ item.name }}` name; undefined where it names a whole item. */
export function itemNames(text: string): string[] | undefined {
  const names = [...text.matchAll(TEMPLATE)].map(([, name = '']) => name.split('.'));
  const ofItem = names.filter(([group]) => group === 'item').map(([, ...rest]) => rest.join('.'));
  return ofItem.includes('') ? undefined : ofItem;
}

/** A value as text; what is not there is empty. */
export const shown = (value: StepValue | undefined): string =>
  value === undefined || value === null ? '' : textOf(value);

function isTemplate(name: string): boolean {
  return WHOLES.has(name) || (GROUPS.has(name.split('.')[0] ?? '') && name.includes('.'));
}

function standsFor(name: string, { values, input, item, run }: TemplateValues): StepValue | undefined {
  const [group, first, second = ''] = name.split('.');
  switch (group) {
    case 'run':
      return run.id;
    case 'workflow':
      return run.workflowId;
    case 'value':
      return first === undefined ? input : fieldOf(input, first);
    case 'item':
      return first === undefined ? item : fieldOf(item, name.slice('item.'.length));
    case 'parameters':
      return values[first ?? ''];
    default:
      return values[valueName({ node: first ?? '', field: second })];
  }
}
