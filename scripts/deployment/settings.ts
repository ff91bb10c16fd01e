import type { EnvSchema } from '@snowflow/platform/env/env-schema';

/**
 * What is wrong with the settings that a file gives a program. Undefined: the value comes from elsewhere, as a secret does, and
 * `NAME_FILE` stands for NAME.
 */
export function settingProblems(schema: EnvSchema, given: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  const settings = Object.entries(given).map(([name, value]): [string, string | undefined] => {
    const own = name.replace(/_FILE$/, '');
    return name in schema || !(own in schema) ? [name, value] : [own, undefined];
  });
  for (const [name, value] of settings) {
    const variable = schema[name];
    if (!variable) problems.push(`${name} is no variable of this program`);
    else if (value !== undefined && variable.secret && value !== '')
      problems.push(`${name} is a secret and stands in a file`);
    else if (value) problems.push(...valueProblems(name, value, variable.parse));
  }
  const names = new Set(settings.map(([name]) => name));
  for (const [name, { required }] of Object.entries(schema)) {
    if (required && !names.has(name)) problems.push(`${name} is required and not given`);
  }
  return problems;
}

function valueProblems(name: string, value: string, parse: (text: string) => unknown): string[] {
  try {
    parse(value);
    return [];
  } catch (error) {
    return [`${name} ${error instanceof Error ? error.message : 'is wrong'}`];
  }
}
