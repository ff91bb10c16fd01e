import { isStorable } from '@snowflow/contracts/dto/storable-text';
import { AppError, type FieldError } from '@snowflow/contracts/errors/app-error';
import { workflowDocument, type WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';

const MAX_DEPTH = 32;
const MAX_VALUES = 200_000;
const MAX_CHARACTERS = 4_000_000;
const MAX_REPORTED = 50;

/** The document of a request, or VALIDATION naming what does not parse. Depth and size are bounded before anything walks it. */
export function parseDocument(definition: unknown): WorkflowDocument {
  refuseExcess('definition', definition);
  const parsed = workflowDocument.safeParse(definition);
  if (!parsed.success) {
    throw invalid(
      parsed.error.issues.slice(0, MAX_REPORTED).map(({ path, message }) => ({
        path: ['definition', ...path].map(String).join('.').slice(0, 255),
        message,
      })),
    );
  }
  if (!isStorable(parsed.data.name)) {
    throw invalid([{ path: 'definition.name', message: 'A name has no NUL and no half of a surrogate pair' }]);
  }
  return parsed.data;
}

/** VALIDATION where a value is nested too deep or too large for anything to walk it. */
export function refuseExcess(path: string, value: unknown): void {
  const excess = excessOf(value);
  if (excess)
    throw new AppError('VALIDATION', 'The request is too large to be read.', { errors: [{ path, message: excess }] });
}

function invalid(errors: FieldError[]): AppError {
  return new AppError('VALIDATION', 'The workflow document does not parse.', { errors });
}

/** Walks level by level, so that hostile nesting costs no stack. */
function excessOf(value: unknown): string | undefined {
  let level: unknown[] = [value];
  let values = 0;
  let characters = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return `It is nested more than ${MAX_DEPTH} levels deep`;
    values += level.length;
    if (values > MAX_VALUES) return `It holds more than ${MAX_VALUES} values`;
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item === 'string') characters += item.length;
      else if (typeof item === 'object' && item !== null) for (const child of Object.values(item)) next.push(child);
    }
    if (characters > MAX_CHARACTERS) return `It is larger than ${MAX_CHARACTERS} characters`;
    level = next;
  }
  return undefined;
}
