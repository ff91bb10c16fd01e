import type { AppRule, NativeApp } from './native-app';

/** Privileges on the consumer's account, by the statements that need them. */
const NEEDED: readonly (readonly [RegExp, string])[] = [
  [/^CREATE COMPUTE POOL\b/i, 'CREATE COMPUTE POOL'],
  [/^CREATE WAREHOUSE\b/i, 'CREATE WAREHOUSE'],
  [/^CREATE DATABASE\b/i, 'CREATE DATABASE'],
  [/^CREATE (?:EXTERNAL ACCESS|API|NOTIFICATION) INTEGRATION\b/i, 'CREATE EXTERNAL ACCESS INTEGRATION'],
  [/^(?:CREATE TASK|ALTER TASK|EXECUTE TASK)\b/i, 'EXECUTE TASK'],
];

/** The app asks the consumer for the privileges it uses, for no other, and looks for no other in its callback. */
export const privilegeProblems: AppRule = (app) => {
  const declared = app.manifest.privileges.flatMap((entry) => Object.keys(entry));
  const used = usedBy(app);
  const tested = app.statements.flatMap(({ text }) =>
    [...text.matchAll(/ARRAY_CONTAINS\('([^']*)'::VARIANT/gi)].map(([, name = '']) => name),
  );
  return [
    ...used.filter((name) => !declared.includes(name)).map((name) => `${name} is used and not asked for`),
    ...declared.filter((name) => !used.includes(name)).map((name) => `${name} is asked for and not used`),
    ...declared.filter((name) => !tested.includes(name)).map((name) => `The callback does not look for ${name}`),
    ...tested.filter((name) => !declared.includes(name)).map((name) => `The callback waits for ${name}, never granted`),
  ];
};

function usedBy({ statements, service }: NativeApp): string[] {
  const needed = NEEDED.filter(([pattern]) => statements.some(({ text }) => pattern.test(text))).map(
    ([, name]) => name,
  );
  return service.spec.endpoints.some((endpoint) => endpoint.public) ? [...needed, 'BIND SERVICE ENDPOINT'] : needed;
}
