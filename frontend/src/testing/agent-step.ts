import type { AgentStep } from '../api/types';

/** A step at a place: a reply of the model `m`, two seconds long, where nothing else is said. */
export const agentStep = (place: string, more: Partial<AgentStep> = {}): AgentStep => ({
  place,
  parent: place.includes('/') ? place.slice(0, place.lastIndexOf('/')) : null,
  kind: 'model',
  name: 'm',
  state: 'succeeded',
  startedAt: '2026-05-01T10:00:00.000Z',
  endedAt: '2026-05-01T10:00:02.000Z',
  detailBytes: 20,
  ...more,
});
