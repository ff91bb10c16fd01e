// The closing line of a test run, from the JSON that jest wrote: `node scripts/count-tests.mjs FILE…`
import { existsSync, readFileSync } from 'node:fs';

const results = process.argv
  .slice(2)
  .filter((file) => existsSync(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')));
const sum = (count) => results.reduce((total, result) => total + count(result), 0);
const failed = sum((result) => result.numFailedTests + result.numRuntimeErrorTestSuites);
console.log(`tests: ${sum((result) => result.numPassedTests)} passed, ${failed} failed`);
