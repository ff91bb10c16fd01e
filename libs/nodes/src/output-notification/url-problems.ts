import { problem } from '../kit/column-checks';
import type { NodeProblem } from '../kit/node-definition';

/** What is wrong with a webhook's address. Whether its host may be reached at all, the installation decides when it is sent. */
export function urlProblems(path: string, text: string): NodeProblem[] {
  const wrong = (message: string, suggestion?: string) => [problem('INVALID_CONFIG', path, message, suggestion)];
  if (text.includes('{{')) return wrong('No value stands in an address', 'Put values in the body');
  if (!URL.canParse(text)) return wrong('This is no address such as https://hooks.example.com/snowflow');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return wrong('A user name or password may not stand in an address');
  if (url.protocol === 'https:') return [];
  if (url.protocol !== 'http:') return wrong('An address begins with https://');
  const message = 'Without https only a host that the operator named as private is reached';
  return [{ severity: 'warning', code: 'INVALID_CONFIG', path, message, suggestion: 'Write https://' }];
}
