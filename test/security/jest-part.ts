import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { barred, type PartOutcome } from './part';
import { scratchFolder } from './tools';

interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { name: string; status: string; message: string }[];
}

/** Runs specs that are there already, and counts. */
export async function specs(project: 'unit' | 'e2e', paths: readonly string[]): Promise<PartOutcome> {
  const folder = await scratchFolder();
  try {
    const file = join(folder, 'report.json');
    await jest([...paths, '--runInBand', '--json', `--outputFile=${file}`, '--silent', '--selectProjects', project]);
    const report = JSON.parse(await readFile(file, 'utf8')) as JestReport;
    return outcomeOf(report, paths.length);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function outcomeOf(report: JestReport, asked: number): PartOutcome {
  const broken = report.testResults.filter(({ status }) => status !== 'passed');
  for (const { message } of broken) console.error(message);
  return {
    isGood: broken.length === 0 && report.numPassedTests > 0 && report.testResults.length >= asked,
    rows: [
      {
        what: 'passed',
        value: String(report.numPassedTests),
        compared: `in ${report.testResults.length} files, bar: ${asked}`,
      },
      barred('failed', report.numFailedTests, `${report.numPendingTests} not run`),
      ...broken.map(({ name }) => ({ what: `  ${name}`, value: 'failed', compared: '' })),
    ],
  };
}

/** Its report says how it went; what it prints is only for who watches. */
function jest(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, ['node_modules/jest/bin/jest.js', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
}
