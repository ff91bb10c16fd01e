import { useEffect, useMemo } from 'react';
import type { ColumnLineage as Lineage, TableColumn } from '../../api/lineage';
import { focusNode } from '../../canvas/focus-node';
import { useBuilder } from '../../store/builder-store';
import { useColumnLineage } from './use-column-lineage';
import './ColumnLineage.css';

type Points = Lineage['comesFrom'];

/** Where a column comes from and what it goes into; the nodes on the way stand out on the canvas meanwhile. */
export function ColumnLineage({ nodeId, column }: { nodeId: string; column: string }) {
  const { data, error } = useColumnLineage(nodeId, column);
  const before = useMemo(() => nodesOn(data?.comesFrom, nodeId), [data, nodeId]);
  const behind = useMemo(() => nodesOn(data?.goesInto, nodeId), [data, nodeId]);
  useEffect(() => {
    if (!data) return undefined;
    const { setTraced } = useBuilder.getState();
    setTraced(new Set([nodeId, ...before, ...behind]));
    return () => setTraced(undefined);
  }, [data, nodeId, before, behind]);
  if (error) return <p role="alert">{error.message}</p>;
  if (!data) return <p role="status">Following {column}…</p>;
  const targets = data.goesInto.flatMap(({ point }) => (point.kind === 'target' && point.table ? [point.table] : []));
  return (
    <section className="column-lineage" aria-label={`Where ${column} comes from`}>
      <TableColumns title="Made of" columns={data.values} none="Nothing that is read from a table" />
      {data.influences.length > 0 && <TableColumns title="Decided by" columns={data.influences} none="" />}
      {data.unknown.length > 0 && <Unknown reasons={data.unknown} />}
      {before.length > 0 && <Nodes title="Comes through" ids={before} />}
      {behind.length > 0 && <Nodes title="Goes into" ids={behind} />}
      {targets.length > 0 && <TableColumns title="Written to" columns={targets} none="" />}
    </section>
  );
}

/** The nodes that points belong to, each once, the nearest first. */
function nodesOn(points: Points | undefined, own: string): string[] {
  return [...new Set(points?.map(({ point }) => point.nodeId))].filter((id) => id !== own);
}

function TableColumns({ title, columns, none }: { title: string; columns: readonly TableColumn[]; none: string }) {
  return (
    <>
      <h4>{title}</h4>
      {columns.length === 0 && <p className="field-hint">{none}</p>}
      <ul aria-label={title}>
        {columns.map((one) => (
          <li key={nameOf(one)} className="mono">
            {nameOf(one)}
          </li>
        ))}
      </ul>
    </>
  );
}

function nameOf({ database, schema, table, column }: TableColumn): string {
  const name = [database, schema, table, column].filter((part) => part !== null).join('.');
  return column === null ? `${name} (its rows)` : name;
}

function Unknown({ reasons }: { reasons: readonly string[] }) {
  return (
    <>
      <h4>Can’t be told</h4>
      <ul aria-label="Can’t be told">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </>
  );
}

function Nodes({ title, ids }: { title: string; ids: readonly string[] }) {
  const nodes = useBuilder((state) => state.nodes);
  const labels = new Map(nodes.map(({ id, data }) => [id, data.label]));
  const show = (id: string) => {
    useBuilder.getState().select([id]);
    focusNode(id);
  };
  return (
    <>
      <h4>{title}</h4>
      <ul aria-label={title}>
        {ids.map((id) => (
          <li key={id}>
            <button type="button" className="lineage-node" onClick={() => show(id)}>
              {labels.get(id) || id}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
