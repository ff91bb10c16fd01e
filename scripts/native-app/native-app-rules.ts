import { callbackProblems } from './callbacks.rule';
import { endpointProblems } from './endpoints.rule';
import { environmentProblems } from './environment.rule';
import { fileProblems } from './files.rule';
import { identityProblems } from './identity.rule';
import { imageProblems } from './images.rule';
import { type AppFiles, type AppRule, readNativeApp } from './native-app';
import { portProblems } from './ports.rule';
import { privilegeProblems } from './privileges.rule';
import { resourceProblems } from './resources.rule';
import { serviceProblems } from './service.rule';
import { statementProblems } from './statements.rule';
import { volumeProblems } from './volumes.rule';

const RULES: readonly AppRule[] = [
  fileProblems,
  statementProblems,
  serviceProblems,
  callbackProblems,
  privilegeProblems,
  imageProblems,
  endpointProblems,
  environmentProblems,
  portProblems,
  volumeProblems,
  resourceProblems,
  identityProblems,
];

/** What is wrong with the files of an app: what can't be read first, and where all can be, what the rules find. */
export function nativeAppProblems(files: AppFiles): string[] {
  const app = readNativeApp(files);
  return Array.isArray(app) ? app : RULES.flatMap((rule) => rule(app));
}
