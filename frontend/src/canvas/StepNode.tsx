import type { NodeProps } from '@xyflow/react';
import { memo, useMemo } from 'react';
import { NodeTile } from '../components/NodeTile';
import { useNodeLook } from '../features/runs/use-node-look';
import { useBuilder } from '../store/builder-store';
import type { CanvasNode } from '../store/canvas-elements';
import { definitionOf, portsOfNode } from '../store/node-definitions';
import { selectIsStale, selectNodeRun } from '../store/selectors/node-selectors';
import { describeNode } from './describe-node';
import { Ports } from './Ports';
import { ProblemMark } from './ProblemMark';
import { StepFooter } from './StepFooter';
import { summaryOf } from './summary-of';
import './StepNode.css';

/** One node: what it is, what it does, and after a run started, how that went. */
export const StepNode = memo(function StepNode({ id, data }: NodeProps<CanvasNode>) {
  const definition = definitionOf(data.type);
  const run = useBuilder(selectNodeRun(id));
  const stale = useBuilder(selectIsStale(id, data.config));
  const ports = useMemo(() => portsOfNode(data), [data]);
  const subtitle = summaryOf(definition, data.config);
  const isTabStop = useBuilder((state) => state.tabStop === id);
  const isTraced = useBuilder((state) => state.traced?.has(id));
  const mark = useBuilder((state) => state.marked?.get(id));
  const look = useNodeLook(id, data);
  const tone = look && (stale ? 'skipped' : look.tone);
  return (
    <div
      className="step-node"
      data-group={definition?.group}
      data-tone={tone}
      data-disabled={data.disabled || undefined}
      data-traced={isTraced || undefined}
      data-marked={mark}
      title={`${data.label}\n${subtitle}`}
      data-node-id={id}
      role="group"
      aria-roledescription="node"
      aria-label={describeNode(data.label, subtitle, ports, look?.word)}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={(event) => event.target === event.currentTarget && useBuilder.getState().setTabStop(id)}
    >
      <Ports node={id} ports={ports.inputs} side="target" />
      <div className="step-node-head" data-group={definition?.group}>
        <NodeTile type={data.type} />
        <span className="step-node-text">
          <strong>{data.label}</strong>
          <small>{subtitle}</small>
        </span>
      </div>
      {run && look && <StepFooter id={id} run={run} look={look} stale={stale} />}
      <ProblemMark nodeId={id} />
      <Ports node={id} ports={ports.outputs} side="source" />
    </div>
  );
});
