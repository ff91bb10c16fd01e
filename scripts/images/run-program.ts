import { execFileSync, spawnSync } from 'node:child_process';
import { readEnv } from '../env';

type Variables = Record<string, string>;

/** Runs a program and answers what it printed; what it complained about is the error. */
export function output(program: string, args: readonly string[], variables: Variables = {}): string {
  const env = { ...readEnv(), ...variables };
  return execFileSync(program, args, { encoding: 'utf8', env, stdio: 'pipe', maxBuffer: 64 << 20 }).trim();
}

/** Runs a program whose lines are for people, and answers whether it succeeded. */
export function show(program: string, args: readonly string[], variables: Variables = {}): boolean {
  return spawnSync(program, args, { env: { ...readEnv(), ...variables }, stdio: 'inherit' }).status === 0;
}

/** Whether the program is there and answers with success. */
export function works(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
