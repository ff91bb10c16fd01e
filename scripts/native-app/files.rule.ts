import type { AppRule } from './native-app';

const FILE = /SPECIFICATION_FILE = '\/([^']+)'/g;

/** Every file that is named is there, and goes to the consumer only where it is named. */
export const fileProblems: AppRule = ({ manifest, statements, paths }) => {
  const { readme, setup_script: script } = manifest.artifacts;
  const specifications = statements.flatMap(({ text }) => [...text.matchAll(FILE)].map(([, path = '']) => path));
  const named = ['manifest.yml', readme, script, ...specifications];
  return [
    ...[...new Set(named)].filter((path) => !paths.has(path)).map((path) => `${path} is named and is not there`),
    ...[...paths].filter((path) => !named.includes(path)).map((path) => `${path} is there and nothing names it`),
  ];
};
