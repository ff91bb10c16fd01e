import { AppError } from '@snowflow/contracts/errors/app-error';
import { problem } from './column-checks';
import type { CheckContext, NodeProblem } from './node-definition';
import { replaceTemplates, shown, templateProblems, type TemplateValues } from './text-template';
import { addressProblems } from './url-problems';

const ANY_TEMPLATE = /\{\{[^{}]*\}\}/g;
/** Everything up to the path, the query or the fragment: it decides where a request goes. */
const AUTHORITY = /^[^/?#\\]*[/\\]{2}[^/?#\\]*/;

/** An address with its values filled in, each as one piece of a path or a query. Throws VALIDATION where one would lead elsewhere. */
export function fillUrlTemplate(text: string, values: TemplateValues): string {
  const filled = replaceTemplates(text, values, (value) => encodeURIComponent(shown(value)));
  if (!hasStepUp(filled)) return filled;
  throw new AppError(
    'VALIDATION',
    'A value makes a part of the address “.” or “..”, which would lead elsewhere. Give it another value.',
  );
}

/** The address with a word where values will stand: its host is the host that is called. */
export function urlWithoutValues(text: string): string {
  return text.replaceAll(ANY_TEMPLATE, 'x');
}

/** What is wrong with an address in whose path and query values stand. */
export function urlTemplateProblems(path: string, text: string, context: CheckContext): NodeProblem[] {
  if (AUTHORITY.exec(text)?.[0].includes('{{') || text.trimStart().startsWith('{{')) {
    return [problem('INVALID_CONFIG', path, 'No value stands in the host of an address', 'Write the host out')];
  }
  if (hasStepUp(urlWithoutValues(text))) {
    return [
      problem('INVALID_CONFIG', path, 'No “.” or “..” stands alone in an address', 'Write the path that it leads to'),
    ];
  }
  return [...addressProblems(path, urlWithoutValues(text)), ...templateProblems(path, text, context)];
}

function hasStepUp(text: string): boolean {
  const [whole = ''] = text.split(/[?#]/);
  const segments = whole.replaceAll(/%2e/gi, '.').split(/[/\\]/);
  return segments.some((segment) => segment === '.' || segment === '..');
}
