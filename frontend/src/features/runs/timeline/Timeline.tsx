import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { ToggleGroup } from 'radix-ui';
import { useMemo, useState, type ReactNode } from 'react';
import { lookInRun } from '../details/look-in-run';
import type { NodeNames } from '../details/node-names';
import type { LiveRun } from '../details/use-live-run';
import { useNow } from '../use-now';
import { ticksOf } from './time-axis';
import { timelineOf, type TimelineOrder } from './timeline';
import { TimelineLine } from './TimelineLine';
import { useAxisWidth } from './use-axis-width';
import '../../../components/Segmented.css';
import './Timeline.css';

const NEVER_RAN = { status: 'pending', attempts: 0, startedAt: null, finishedAt: null } as const;

interface TimelineProps {
  run: LiveRun;
  names: NodeNames;
  selected: string | null;
  onSelect: (nodeId: string | null) => void;
  /** Below the table: what is known of the selected node. */
  children: ReactNode;
}

const percent = (share: number) => `${share * 100}%`;

/** When each node ran. A table, so that it can be read without seeing the bars. */
export function Timeline({ run, names, selected, onSelect, children }: TimelineProps) {
  const now = useNow(!isTerminal(run.status));
  const [order, setOrder] = useState<TimelineOrder>('start');
  const timeline = useMemo(() => timelineOf(run, now, order), [run, now, order]);
  const { axis, axisPx } = useAxisWidth();
  const ticks = useMemo(() => ticksOf(timeline.spanMs, axisPx), [timeline.spanMs, axisPx]);
  return (
    <section className="page-card timeline-card" aria-labelledby="timeline-title">
      <header className="card-head">
        <h2 id="timeline-title">Timeline</h2>
        <ToggleGroup.Root
          type="single"
          className="segmented"
          aria-label="Order of the timeline"
          value={order}
          onValueChange={(next) => next && setOrder(next === 'duration' ? next : 'start')}
        >
          <ToggleGroup.Item value="start">By start</ToggleGroup.Item>
          <ToggleGroup.Item value="duration">By duration</ToggleGroup.Item>
        </ToggleGroup.Root>
      </header>
      <table className="timeline">
        <caption className="visually-hidden">When each node of the run began and ended</caption>
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col" className="timeline-state">
              State
            </th>
            <th scope="col" className="timeline-axis">
              <span className="visually-hidden">From and to</span>
              <span className="timeline-track" ref={axis} aria-hidden>
                {ticks.map(({ ms, at, label }) => (
                  <span key={ms} className="timeline-tick" style={{ left: percent(at) }}>
                    {label}
                  </span>
                ))}
              </span>
            </th>
            <th scope="col" className="number">
              Time
            </th>
            <th scope="col" className="number timeline-rows">
              Rows
            </th>
          </tr>
        </thead>
        <tbody>
          {timeline.rows.map((row) => (
            <TimelineLine
              key={row.nodeId}
              row={row}
              look={lookInRun(run, names, row.nodeId, run.nodes[row.nodeId] ?? NEVER_RAN)}
              ticks={ticks}
              now={timeline.now}
              node={run.nodes[row.nodeId]}
              names={names}
              selected={selected === row.nodeId}
              onSelect={onSelect}
            />
          ))}
        </tbody>
      </table>
      {children}
    </section>
  );
}
