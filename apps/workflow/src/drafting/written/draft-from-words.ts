import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { VisibleSource } from '../visible-source';
import { Drawing, type End } from './drawing';
import { explanationOf } from './explanation';
import { joinKeys } from './join-keys';
import { KnownColumns } from './known-columns';
import type { Phrases } from './phrases';
import { aliasesIn, readPhrases } from './read-phrases';
import { type Stage, stagesOf } from './stages';
import { namesGiven, Vocabulary } from './vocabulary';

interface WrittenRequest {
  request: string;
  current: WorkflowDocument;
  sources: readonly VisibleSource[];
  context: Pick<PinnedContext, 'database' | 'schema'>;
}

/** What fixed phrases came to. */
export interface WrittenDraft {
  document: WorkflowDocument;
  explanation: string;
  notUnderstood: string[];
}

/**
 * Draws what fixed phrases say, where no model is there to be asked. It guesses at nothing: what it did not understand it lists, and the
 * same words over the same names always give the same graph.
 */
export function draftFromWords({ request, current, sources, context }: WrittenRequest): WrittenDraft {
  const names = new Vocabulary(sources, current, context, aliasesIn(request));
  const phrases = readPhrases(request, names);
  const notUnderstood = [...phrases.notUnderstood];
  const drawing = new Drawing(current);
  for (const type of phrases.removed) notUnderstood.push(...removed(drawing, type));
  const columns = new KnownColumns([]);
  const end = startOf(phrases, drawing, sources, columns, notUnderstood);
  if (end) draw(drawing, end, phrases, names, columns, notUnderstood);
  const document = drawing.document;
  notUnderstood.push(...columns.missing);
  return { document, notUnderstood, explanation: explanationOf(current, document) };
}

/** The tables that are read, joined; or, where the request names none, what the document ends with. */
function startOf(
  { sources, joins, measures, conditions, sort, columns: chosen, rows, target, distinct }: Phrases,
  drawing: Drawing,
  visible: readonly VisibleSource[],
  columns: KnownColumns,
  notUnderstood: string[],
): End | undefined {
  const isExtended = joins.length > 0 && sources.length === joins.length;
  const first = isExtended ? undefined : sources[0];
  const others = isExtended ? sources : sources.slice(1);
  let end = first && drawing.add(tableStage(first));
  columns.become(first?.columns ?? []);
  if (!end) {
    end = drawing.end;
    const saysMore = [measures, conditions, sort, chosen, joins].some((one) => one.length > 0);
    if (!end && (saysMore || distinct || rows !== undefined || target)) {
      notUnderstood.push('Which rows are meant: name a table that your role sees, or leave the workflow with one end');
    }
    columns.become([...readBy(drawing, visible).flatMap((one) => one.columns), ...namesOf(drawing.document)]);
  }
  for (const [index, other] of others.entries()) {
    const join = joins[Math.min(index, joins.length - 1)];
    const on = join?.on ?? joinKeys(columns.all, other.columns);
    if (!end || !join || !on) {
      const why = join ? 'by which columns is not clear; write “on A = B”' : 'write “join” between the tables';
      notUnderstood.push(`${other.name}: ${why}`);
      continue;
    }
    const [after, left]: [ReturnType<Drawing['leaving']>, End] = [drawing.leaving(end), end];
    const right = drawing.add(tableStage(other));
    end = drawing.add({ type: 'shape.join', config: { how: join.how, on: [sidesOf(on, other)] } }, { left, right });
    drawing.turn(after, end);
    columns.become([...columns.all, ...other.columns]);
  }
  return end;
}

function draw(
  drawing: Drawing,
  start: End,
  phrases: Phrases,
  names: Vocabulary,
  columns: KnownColumns,
  notUnderstood: string[],
): void {
  const stages = stagesOf(phrases, columns).filter((stage) => !reconfigured(drawing, start, stage));
  const end = drawing.insert(stages, start);
  const { target, sources } = phrases;
  if (target) {
    const table = names.table(target.name);
    const mode = target.mode ?? (names.source(target.name) ? 'append' : 'create');
    if (table) drawing.add({ type: 'output.table', config: { ...table, mode } }, { in: end });
    else notUnderstood.push(`“${target.name}”: name the table’s database and schema too`);
  } else if (sources.length > 0 && drawing.leaving(end).length === 0) {
    drawing.add({ type: 'output.result', config: { name: 'Result', view: 'table' } }, { in: end });
  }
}

/** The sources that what is drawn reads; all that are visible, where it reads them in SQL. */
function readBy(drawing: Drawing, visible: readonly VisibleSource[]): readonly VisibleSource[] {
  const tables = drawing.ofType('source.table').map(({ config }) => config);
  const read = visible.filter(({ database, schema, name }) =>
    tables.some((one) => one['database'] === database && one['schema'] === schema && one['table'] === name),
  );
  return read.length > 0 ? read : visible;
}

/** A limit or an order that the document ends with is changed, not followed by another. */
function reconfigured(drawing: Drawing, end: End, { type, config }: Stage): boolean {
  const last = drawing.node(end.node);
  if (last?.type !== type || (type !== 'shape.limit' && type !== 'shape.sort')) return false;
  drawing.configure(last.id, config);
  return true;
}

function removed(drawing: Drawing, type: string): string[] {
  const [node, ...more] = drawing.ofType(type);
  if (node && more.length === 0) {
    drawing.remove(node.id);
    return [];
  }
  return [`“remove”: the workflow has ${node ? 'several nodes' : 'no node'} of the type ${type}`];
}

const tableStage = ({ database, schema, name }: VisibleSource): Stage => ({
  type: 'source.table',
  config: { database, schema, table: name },
});

/** Whoever writes "on A = B" may name the sides in either order. */
function sidesOf({ left, right }: { left: string; right: string }, other: VisibleSource) {
  const own = new KnownColumns(other.columns);
  const [a, b] = own.has(left) && !own.has(right) ? [right, left] : [left, right];
  return { left: a.toUpperCase(), right: own.has(b)?.name ?? b };
}

const namesOf = ({ nodes }: WorkflowDocument) =>
  namesGiven(nodes.map(({ config }) => config)).map((name) => ({ name, type: '' }));
