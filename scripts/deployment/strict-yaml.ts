import { parseAllDocuments } from 'yaml';

/** The documents of a YAML text. A key that stands twice, an unknown tag or anything else that is read differently elsewhere is an error. */
export function parseYaml(text: string, file: string): unknown[] {
  const documents = parseAllDocuments(text, { strict: true, uniqueKeys: true, version: '1.2', merge: true });
  return [...documents].map((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem) throw new Error(`${file}: ${problem.message}`);
    return document.toJS();
  });
}
