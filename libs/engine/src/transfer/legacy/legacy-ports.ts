import type { Home } from './legacy-home';
import { portName } from './legacy-logic';

const TRUE = /^(?:true|yes|then|success|output-?1|a)$/i;
const FALSE = /^(?:false|no|else|failure|output-?2|b)$/i;
const WITHOUT_OUTPUT = /^output\./;
const WITHOUT_INPUT = /^source\./;

/** Where an edge begins, by the handle that it had; undefined where one of its ends has no port. `told`: what is not as it was. */
export function legacyPorts(from: Home, handle: string, to: Home): { sourcePort: string; told?: string } | undefined {
  const last = from.nodes.at(-1);
  const first = to.nodes[0];
  if (!last || !first || WITHOUT_OUTPUT.test(last.type) || WITHOUT_INPUT.test(first.type)) return undefined;
  if (last.type === 'logic.condition') {
    if (TRUE.test(handle) || FALSE.test(handle)) return { sourcePort: FALSE.test(handle) ? 'false' : 'true' };
    return { sourcePort: 'true', told: 'it said no way, and begins where the condition is true' };
  }
  if (last.type === 'logic.router') {
    const { routes } = last.config;
    const names = Array.isArray(routes) ? routes.map((route: { name: string }) => route.name) : [];
    const route = names.find((name, at) => name === portName(handle, at) || handle === `route-${at}`);
    return route ? { sourcePort: route } : { sourcePort: 'else', told: 'it said no route, and begins where none fits' };
  }
  return { sourcePort: 'out' };
}
