import { problem } from './column-checks';
import type { NodeProblem } from './node-definition';

/** What is wrong with an address in which no value stands. Whether its host may be reached at all is decided elsewhere. */
export function urlProblems(path: string, text: string): NodeProblem[] {
  if (text.includes('{{')) {
    return [problem('INVALID_CONFIG', path, 'No value stands in an address', 'Put values in the body')];
  }
  return addressProblems(path, text);
}

/** What is wrong with an address whose values are filled in. */
export function addressProblems(path: string, text: string): NodeProblem[] {
  const wrong = (message: string, suggestion?: string) => [problem('INVALID_CONFIG', path, message, suggestion)];
  if (!URL.canParse(text)) return wrong('This is no address such as https://hooks.example.com/snowflow');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return wrong('A user name or password may not stand in an address');
  if (url.protocol === 'https:') return [];
  if (url.protocol !== 'http:') return wrong('An address begins with https://');
  const message = 'Without https only a host that the operator named as private is reached';
  return [{ severity: 'warning', code: 'INVALID_CONFIG', path, message, suggestion: 'Write https://' }];
}

/** An address as people see it on the canvas: a path may be as good as a password, so its host alone. */
export const hostOf = (url: string) => (URL.canParse(url) && new URL(url).hostname) || 'without an address';
