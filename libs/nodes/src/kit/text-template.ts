import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import type { CheckContext, NodeProblem } from './node-definition';
import { problem } from './column-checks';
import { valueName } from './references';
import { fieldOf, type StepValue, textOf } from './step-value';

/** What a text's templates may stand for. */
export interface TemplateValues {
  /** Parameters by name and earlier values as `nodes.<id>.<field>`. */
  values: Readonly<Record<string, Bind>>;
  /** `{{ value }}`, and `{{ value.field }}` of it. */
  input: StepValue | undefined;
}

const TEMPLATE = /\{\{\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*\}\}/g;

/** A text with its templates filled in; what is not there is empty. For texts that go to people and systems, never for SQL. */
export function fillTemplate(text: string, { values, input }: TemplateValues): string {
  return text.replaceAll(TEMPLATE, (whole, name: string) => {
    if (name === 'value') return input === undefined ? '' : textOf(input);
    const [group, first = '', second = ''] = name.split('.');
    if (group === 'value') return shown(fieldOf(input, first));
    if (group === 'parameters') return shown(values[first]);
    if (group === 'nodes') return shown(values[valueName({ node: first, field: second })]);
    return whole;
  });
}

/** Problems of a text whose templates name what is not there. */
export function templateProblems(path: string, text: string, { parameters }: CheckContext): NodeProblem[] {
  const known = new Set(parameters.map(({ name }) => name));
  return [...text.matchAll(TEMPLATE)].flatMap(([whole, name = '']) => {
    const [group, ...rest] = name.split('.');
    if (group === 'value') return [];
    if (group === 'parameters' && known.has(rest.join('.'))) return [];
    if (group === 'nodes' && known.has(name)) return [];
    const message =
      group === 'parameters'
        ? `The workflow has no parameter “${rest.join('.')}”`
        : `${whole} names nothing that is known here`;
    const suggestion = 'Use {{ parameters.name }}, {{ value.field }} or {{ nodes.id.field }}';
    return [problem('UNKNOWN_PARAMETER', path, message, suggestion)];
  });
}

const shown = (value: StepValue | undefined) => (value === undefined || value === null ? '' : textOf(value));
