import { workflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { z } from 'zod';
import { type WorkflowReport, takenOver } from './import-report';
import { isFields } from './hide-secrets';
import { convertLegacy } from './legacy/convert-legacy';
import { looksLegacy } from './legacy/legacy-flow';
import { readText } from './read-text';
import { refuse, TransferFault } from './transfer-fault';
import {
  KNOWN_VERSIONS,
  localName,
  MOST_WORKFLOWS,
  toTransfer,
  transferFile,
  type TransferWorkflow,
} from './transfer-file';
import { workflowFaults } from './workflow-faults';

const MOST_FAULTS = 50;

/** A workflow of a file, with what there is to tell about how it was read. */
export interface ReadWorkflow {
  workflow: TransferWorkflow;
  report: WorkflowReport;
}

export interface ReadFile {
  format: 'snowflow' | 'document' | 'earlier';
  workflows: ReadWorkflow[];
}

/** The workflows of a text: a file of this format, one workflow document, or flows of the earlier SnowFlow. Throws TransferFault. */
export function readFile(text: string): ReadFile {
  const value = readText(text);
  if (isFields(value) && Object.hasOwn(value, 'snowflow')) return readTransfer(value);
  if (isFields(value) && Object.hasOwn(value, 'schemaVersion')) return readDocument(value);
  const flows = Array.isArray(value) ? (value as unknown[]) : [value];
  if (flows.length > MOST_WORKFLOWS) throw refuse('', `It holds more than ${MOST_WORKFLOWS} flows`);
  if (flows.length > 0 && flows.every(looksLegacy)) return { format: 'earlier', workflows: convertLegacy(flows) };
  throw refuse(
    '',
    `It is no file of workflows: it begins neither with “snowflow: ${KNOWN_VERSIONS.join('” or “snowflow: ')}” nor holds nodes and edges`,
  );
}

function readTransfer(value: Record<string, unknown>): ReadFile {
  const version = value['snowflow'];
  if (!KNOWN_VERSIONS.some((known) => known === version)) throw refuse('snowflow', unknownVersion(version));
  const { workflows } = parsed(transferFile.safeParse(value));
  const keys = workflows.map(({ key }) => key);
  const twice = keys.findIndex((key, at) => keys.indexOf(key) < at);
  if (twice >= 0) throw refuse(`workflows.${twice}.key`, `Two workflows have the key “${keys[twice]}”`);
  const faults = workflows.flatMap((workflow, at) => workflowFaults(workflow, `workflows.${at}.`));
  if (faults.length > 0) throw new TransferFault(faults.slice(0, MOST_FAULTS));
  return { format: 'snowflow', workflows: workflows.map(asRead) };
}

function readDocument(value: Record<string, unknown>): ReadFile {
  if (value['schemaVersion'] !== 1) {
    throw refuse('schemaVersion', 'Only workflow documents of schema version 1 are known here');
  }
  const document = parsed(workflowDocument.safeParse(value));
  const workflow = toTransfer(localName(document.name, new Set()), document);
  const faults = workflowFaults(workflow, '');
  if (faults.length > 0) throw new TransferFault(faults.slice(0, MOST_FAULTS));
  return { format: 'document', workflows: [asRead(workflow)] };
}

function asRead(workflow: TransferWorkflow): ReadWorkflow {
  const { key, name, nodes, tags } = workflow;
  const notes = tags.length > 0 ? [`Its tags are not taken over: ${tags.join(', ')}`] : [];
  return { workflow, report: { key, name, notes, nodes: nodes.map(takenOver) } };
}

function parsed<Value>(result: z.ZodSafeParseResult<Value>): Value {
  if (result.success) return result.data;
  throw new TransferFault(
    result.error.issues.slice(0, MOST_FAULTS).map(({ path, message }) => ({
      path: path.map(String).join('.').slice(0, 255),
      message: message.slice(0, 500),
    })),
  );
}

function unknownVersion(version: unknown): string {
  const said = typeof version === 'number' || typeof version === 'string' ? String(version).slice(0, 20) : 'no number';
  return `The file says version ${said}; known here: ${KNOWN_VERSIONS.join(', ')}. Export it from a SnowFlow of this version, or update this one`;
}
