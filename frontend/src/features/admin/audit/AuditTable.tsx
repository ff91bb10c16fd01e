import type { AuditEntry } from '../../../api/audit';
import { useLate } from '../../../components/use-late';
import { dayAndTime } from '../../format/moments';
import { fieldChanges } from './field-changes';

const SKELETON_ROWS = [0, 1, 2, 3, 4];
const ACTORS = { person: '', key: 'API key', schedule: 'Schedule', system: 'SnowFlow' } as const;
const FAULTS: Readonly<Record<string, string>> = {
  changed: 'Changed after it was written',
  unlinked: 'Its neighbours do not fit',
};

/** Undefined while the first page is on its way. */
export function AuditTable({ entries }: { entries: readonly AuditEntry[] | undefined }) {
  const late = useLate(entries === undefined);
  if (!entries && !late) return null;
  return (
    <table className="audit-table" aria-busy={!entries}>
      <caption className="visually-hidden">What was changed, the newest first</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">Of what</th>
          <th scope="col">Before and after</th>
        </tr>
      </thead>
      <tbody>
        {!entries &&
          SKELETON_ROWS.map((row) => (
            <tr key={row} aria-hidden>
              <td colSpan={5}>
                <span className="audit-skeleton">Loading</span>
              </td>
            </tr>
          ))}
        {entries?.map((entry) => (
          <AuditRow key={`${entry.log}/${entry.seq}`} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

function AuditRow({ entry }: { entry: AuditEntry }) {
  const { at, actor, action, object, before, after, fault, correlationId } = entry;
  return (
    <tr className={fault ? 'audit-faulty' : undefined}>
      <td>
        <time dateTime={at} title={`Request ${correlationId}`}>
          {dayAndTime(at)}
        </time>
        {fault && <strong className="audit-fault">{FAULTS[fault] ?? fault}</strong>}
      </td>
      <td title={actor.id}>
        {actor.name}
        {ACTORS[actor.kind] && <span className="audit-detail">{ACTORS[actor.kind]}</span>}
      </td>
      <td className="mono">{action}</td>
      <td title={object.id}>
        {object.name}
        <span className="audit-detail mono">{object.id}</span>
      </td>
      <td>
        <dl className="audit-changes">
          {fieldChanges(before ?? null, after ?? null).map(({ field, was, is }) => (
            <div key={field}>
              <dt>{field}</dt>
              <dd>
                {was !== undefined && <del>{was}</del>}
                {was !== undefined && is !== undefined && <span aria-hidden> → </span>}
                {is !== undefined && <ins>{is}</ins>}
              </dd>
            </div>
          ))}
        </dl>
      </td>
    </tr>
  );
}
