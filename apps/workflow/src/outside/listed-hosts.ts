import { AppError, type FieldError } from '@snowflow/contracts/errors/app-error';
import type { OutsideHost } from '@snowflow/contracts/workflow/outside.dto';

/** Hosts as a person wrote them, as addresses have them: lower case, other scripts encoded. Throws VALIDATION with each that is none. */
export function plainHosts(path: string, hosts: readonly string[]): string[] {
  const errors: FieldError[] = [];
  const plain = hosts.map((host, index) => {
    const found = plainHost(host);
    if (found === undefined) errors.push({ path: `${path}.${index}`, message: NO_HOST });
    return found ?? '';
  });
  if (plain.length === 0) errors.push({ path, message: 'Name a host' });
  if (errors.length > 0) throw invalid(errors);
  return plain;
}

/** A tenant's list as it is kept. Throws VALIDATION. */
export function plainRules(hosts: readonly OutsideHost[]): OutsideHost[] {
  const errors: FieldError[] = [];
  const rules = hosts.map((rule, index) => {
    const host = plainHost(rule.host);
    if (host === undefined) errors.push({ path: `hosts.${index}.host`, message: NO_HOST });
    const wrong = (rule.paths ?? []).findIndex((path) => !isPath(path));
    if (wrong >= 0)
      errors.push({ path: `hosts.${index}.paths.${wrong}`, message: 'A path begins with / and has no ? or #' });
    return { ...rule, host: host ?? '' };
  });
  if (errors.length > 0) throw invalid(errors);
  return rules;
}

function plainHost(text: string): string | undefined {
  const dot = text.startsWith('.') ? '.' : '';
  const name = text.slice(dot.length);
  if (/[/?#@\\\s]|:\d+$/.test(name) || !URL.canParse(`https://${name}`)) return undefined;
  const { hostname } = new URL(`https://${name}`);
  return hostname === '' || hostname.endsWith('.') ? undefined : dot + hostname;
}

/** As an address would have it, so that it is compared with what is sent. */
const isPath = (path: string) => path.startsWith('/') && new URL(path, 'https://host').pathname === path;

const NO_HOST = 'Write a host such as agent.example.com, or .example.com for all below, without https:// and port';

function invalid(errors: FieldError[]): AppError {
  return new AppError('VALIDATION', errors[0]?.message ?? '', { errors });
}
