import { AppError } from '@snowflow/contracts/errors/app-error';
import type { OutsideHost } from '@snowflow/contracts/workflow/outside.dto';
import { isHostListed } from './host-listed';

/** Something that would leave for an address. */
export interface Leaving {
  url: URL;
  method: string;
  /** Templates whose values stand in it and may be from Snowflake; undefined: anything may. */
  carries: readonly string[] | undefined;
}

/** Where the list is kept, as a person finds it. */
const SETTING = 'Settings, Outside hosts';

/** Why the tenant's list does not let something leave; undefined where it does. */
export function refusalOf(hosts: readonly OutsideHost[], leaving: Leaving): string | undefined {
  const { hostname, pathname } = leaving.url;
  const ofHost = hosts.filter(({ host }) => isHostListed(hostname, [host]));
  if (ofHost.length === 0) {
    return `Workflows of this tenant may not call ${hostname}. An owner or admin allows it in ${SETTING}.`;
  }
  const fitting = ofHost.filter((rule) => isMethodOf(rule, leaving.method) && isPathOf(rule, pathname));
  if (fitting.length === 0) {
    return `Workflows of this tenant may call ${hostname}, but not with ${leaving.method} at this path. An owner or admin allows it in ${SETTING}.`;
  }
  const refused = fitting.map((rule) => heldBack(rule, leaving.carries));
  if (refused.includes(undefined)) return undefined;
  return `${refused[0] ?? ''} may be from Snowflake, and ${hostname} may not have it. An owner or admin allows the field, or all data, for the host in ${SETTING}.`;
}

/** Throws POLICY_DENIED where the tenant does not let it leave. */
export function checkRules(hosts: readonly OutsideHost[], leaving: Leaving): void {
  const refusal = refusalOf(hosts, leaving);
  if (refusal !== undefined) throw new AppError('POLICY_DENIED', refusal);
}

const isMethodOf = ({ methods }: OutsideHost, method: string) => methods === undefined || methods.includes(method);

/** By whole segments, and never by a path that some server may read as a step up. */
function isPathOf({ paths }: OutsideHost, pathname: string): boolean {
  if (paths === undefined) return true;
  if (/%(2f|5c|2e|00|25)/i.test(pathname) && hasStepUp(pathname)) return false;
  return paths.some((path) => {
    const whole = path.endsWith('/') ? path : `${path}/`;
    return pathname === path || pathname.startsWith(whole);
  });
}

function hasStepUp(pathname: string): boolean {
  const plain = pathname
    .replaceAll(/%25/gi, '%')
    .replaceAll(/%2e/gi, '.')
    .replaceAll(/%(2f|5c)/gi, '/')
    .replaceAll(/%00/g, '');
  return plain.split('/').some((segment) => segment === '..' || segment === '.');
}

/** The first of what it carries that a host may not have; `It` where nobody knows what that is. */
function heldBack({ dataAllowed, fields = [] }: OutsideHost, carries: Leaving['carries']): string | undefined {
  if (dataAllowed) return undefined;
  if (carries === undefined) return 'What it sends';
  const name = carries.find((one) => !fields.includes(fieldOf(one)));
  return name === undefined ? undefined : `{{ ${name} }}`;
}

/** The field that a template names: `total` of `value.total` and of `nodes.sum.total`, none of `value`. */
function fieldOf(template: string): string {
  const parts = template.split('.');
  return parts.length < 2 ? '' : (parts[parts[0] === 'nodes' ? 2 : 1] ?? '');
}
