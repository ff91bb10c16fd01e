import { availabilityProblems } from './availability.rule';
import { bodySizeProblems } from './body-size.rule';
import { connectionProblems } from './connections.rule';
import { environmentProblems } from './environment.rule';
import type { Manifest, Rule } from './manifest';
import { networkProblems } from './network.rule';
import { podSecurityProblems } from './pod-security.rule';
import { queueScalingProblems } from './queue-scaling.rule';
import { selectorProblems } from './selectors.rule';

const RULES: readonly Rule[] = [
  selectorProblems,
  environmentProblems,
  podSecurityProblems,
  availabilityProblems,
  networkProblems,
  queueScalingProblems,
  connectionProblems,
  bodySizeProblems,
];

/** What the rules find in objects that go to a cluster together. */
export const manifestProblems = (objects: readonly Manifest[]): string[] => RULES.flatMap((rule) => rule(objects));
