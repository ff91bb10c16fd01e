const { default: Sequencer } = require('@jest/test-sequencer');

/** The end-to-end files that wait the longest; begun last, one of them alone would hold up the whole suite. */
const LONGEST = [
  'outages',
  'survival',
  'run-faults',
  'context-switch',
  'replicas',
  'browser/deploy',
  'browser/settings',
  'browser/runs',
  'browser/sign-in',
  'browser/node-types',
];

/** Orders by what is known to be long, then as jest does. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const found = LONGEST.findIndex((name) => path.endsWith(`/test/${name}.e2e-spec.ts`));
      return found < 0 ? LONGEST.length : found;
    };
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
