import type { FieldError } from '@snowflow/contracts/errors/app-error';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { AskKind, TemplateAskView } from '@snowflow/contracts/workflow/templates.dto';
import { definitions } from '@snowflow/nodes/definitions';
import { DESCRIBED_TYPES, isOfType } from '@snowflow/nodes/kit/parameter-type';
import { parsePath, putAt, type TemplatePath } from './template-path';

type Values = Readonly<Record<string, unknown>>;

/** A copy of the document with the answers in their places, or what is wrong with them. */
export function fillTemplate(
  template: WorkflowDocument,
  asks: readonly TemplateAskView[],
  values: Values,
): { document: WorkflowDocument } | { errors: FieldError[] } {
  const unknown = Object.keys(values)
    .filter((name) => !asks.some(({ path }) => path === name))
    .map((name) => ({ path: fieldOf(name), message: 'The template does not ask for this' }));
  const given = asks.filter(({ path }) => Object.hasOwn(values, path));
  const wrong = given
    .filter(({ path, kind }) => !isOfKind(kind, values[path]))
    .map(({ path, kind }) => ({ path: fieldOf(path), message: `Give ${DESCRIBED[kind]}` }));
  if (unknown.length + wrong.length > 0) return { errors: [...unknown, ...wrong] };
  const document = structuredClone(template);
  const places = given.flatMap((ask) => placesOf(ask).map((place) => ({ asked: ask.path, place })));
  for (const { asked, place } of places) putAt(document, place, values[asked]);
  const errors = places.flatMap(({ asked, place }) => configProblems(document, asked, place));
  return errors.length > 0 ? { errors } : { document };
}

const fieldOf = (path: string) => `values.${path}`.slice(0, 255);

const placesOf = ({ path, also = [] }: TemplateAskView): TemplatePath[] =>
  [path, ...also].flatMap((text) => parsePath(text) ?? []);

const DESCRIBED: Record<AskKind, string> = {
  ...DESCRIBED_TYPES,
  text: DESCRIBED_TYPES.string,
  texts: 'a list of at most 100 texts',
};

function isOfKind(kind: AskKind, value: unknown): boolean {
  if (kind === 'text') return isOfType('string', value);
  if (kind !== 'texts') return isOfType(kind, value);
  return Array.isArray(value) && value.length <= 100 && value.every((one) => isOfType('string', one));
}

/** What the node's own schema says of the place. What else is wrong with the node is its draft's own matter. */
function configProblems(document: WorkflowDocument, asked: string, place: TemplatePath): FieldError[] {
  if (place.kind === 'parameter') return [];
  const node = document.nodes.find(({ id }) => id === place.nodeId);
  const parsed = node && definitions.get(node.type)?.config.safeParse(node.config);
  const issues = parsed?.error?.issues ?? [];
  return issues
    .filter(({ path }) => place.field.every((part, index) => String(path[index]) === part))
    .map(({ message }) => ({ path: fieldOf(asked), message }));
}
