import { create } from 'zustand';

/** What agents said while runs were watched: all of each one's present reply so far, by run and node. */
export const useSpoken = create<Readonly<Record<string, string>>>(() => ({}));

export const spokenKey = (runId: string, nodeId: string): string => `${runId} ${nodeId}`;

export const hearSpoken = (runId: string, nodeId: string, text: string): void =>
  useSpoken.setState({ [spokenKey(runId, nodeId)]: text });
