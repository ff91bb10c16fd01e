import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import type { CheckContext, NodeProblem } from './node-definition';
import { problem } from './column-checks';
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
}

const TEMPLATE = /\{\{\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*\}\}/g;

/** A text with its templates filled in; what is not there is empty. For texts that go to people and systems, never for SQL. */
export function fillTemplate(text: string, values: TemplateValues): string {
  return replaceTemplates(text, values, shown);
}

/** A text with each template replaced by what is written for its value; one that names nothing stays as it is. */
export function replaceTemplates(
  text: string,
  { values, input, run }: TemplateValues,
  write: (value: StepValue | undefined) => string,
): string {
  return text.replaceAll(TEMPLATE, (whole, name: string) => {
    if (name === 'value') return write(input);
    if (name === 'run') return write(run.id);
    if (name === 'workflow') return write(run.workflowId);
    const [group, first = '', second = ''] = name.split('.');
    if (group === 'value') return write(fieldOf(input, first));
    if (group === 'parameters') return write(values[first]);
    if (group === 'nodes') return write(values[valueName({ node: first, field: second })]);
    return whole;
  });
}

/** Problems of a text whose templates name what is not there. */
export function templateProblems(path: string, text: string, { parameters }: CheckContext): NodeProblem[] {
  const known = new Set(parameters.map(({ name }) => name));
  return [...text.matchAll(TEMPLATE)].flatMap(([whole, name = '']) => {
    const [group, ...rest] = name.split('.');
    if (group === 'value' || name === 'run' || name === 'workflow') return [];
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

/** A value as text; what is not there is empty. */
export const shown = (value: StepValue | undefined): string =>
  value === undefined || value === null ? '' : textOf(value);
