import type { Lineage, LineageSource } from '@snowflow/nodes/kit/lineage';

type Sources = ReadonlyMap<string, LineageSource>;

/** What a part of a query comes from. */
export interface Trace {
  value: Sources;
  influence: Sources;
}

export const NOTHING: Trace = { value: new Map(), influence: new Map() };

/** A trace to these sources alone. */
export function traceTo(...sources: readonly LineageSource[]): Trace {
  return { value: new Map(sources.map((source) => [JSON.stringify(source), source])), influence: new Map() };
}

/** Of what this parser's reading can't resolve; it is never guessed. */
export const untraced = (why: string): Trace => traceTo({ kind: 'unknown', why });

/** All of them together. */
export function merged(...traces: readonly Trace[]): Trace {
  const [only] = traces;
  if (traces.length === 1 && only) return only;
  return {
    value: new Map(traces.flatMap(({ value }) => [...value])),
    influence: new Map(traces.flatMap(({ influence }) => [...influence])),
  };
}

/** The same as something that only decides. */
export function influenceOf(...traces: readonly Trace[]): Trace {
  const all = merged(...traces);
  return { value: new Map(), influence: new Map([...all.value, ...all.influence]) };
}

/** The trace as a node's lineage has it. */
export function lineageOfTrace({ value, influence }: Trace): Lineage {
  return {
    value: [...value.values()],
    influence: [...influence].filter(([key]) => !value.has(key)).map(([, source]) => source),
  };
}
