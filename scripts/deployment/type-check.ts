import { join } from 'node:path';
import ts from 'typescript';
import { type Manifest, nameOf } from './manifest';

const FILE = join(__dirname, 'typed-manifests.ts');
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  types: [],
};

/**
 * Writes each object as a literal of its kind's type and has TypeScript look: a field that does not exist, a word that is none of its
 * words and a value of another type are errors, as they are to a server that validates strictly.
 */
export function typeProblems(objects: readonly Manifest[]): string[] {
  const lines = objects.map(
    (object, index) =>
      `export const o${index} = ${JSON.stringify(object)} satisfies Kinds['${object.apiVersion}/${object.kind}'];`,
  );
  const source = ["import type { Kinds } from './kinds';", ...lines].join('\n');
  const program = ts.createProgram([FILE], OPTIONS, hostWith(source));
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
    if (diagnostic.file?.fileName !== FILE || diagnostic.start === undefined) return message;
    const { line } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start);
    const object = objects[line - 1];
    return `${object ? nameOf(object) : ''}: ${message}`;
  });
}

/** The source exists in memory only. */
function hostWith(source: string): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path === FILE || fileExists(path);
  host.getSourceFile = (path, ...rest) =>
    path === FILE ? ts.createSourceFile(path, source, ts.ScriptTarget.ES2023) : getSourceFile(path, ...rest);
  return host;
}
