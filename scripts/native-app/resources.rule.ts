import type { AppRule } from './native-app';

/** What one machine of a family has for services, by Snowflake's table in CREATE COMPUTE POOL. */
const FAMILIES: Record<string, { cpu: number; memoryMi: number }> = {
  CPU_X64_XS: { cpu: 1, memoryMi: 6 * 1024 },
  CPU_X64_S: { cpu: 3, memoryMi: 13 * 1024 },
  CPU_X64_M: { cpu: 6, memoryMi: 28 * 1024 },
};
const UNITS_MI: Record<string, number> = { M: 1e6 / 2 ** 20, Mi: 1, G: 1e9 / 2 ** 20, Gi: 1024 };

/** All containers run on one machine: what they ask for together fits the pool's, and none asks for more than its own limit. */
export const resourceProblems: AppRule = ({ service, statements }) => {
  const pool = statements.find(({ text }) => text.startsWith('CREATE COMPUTE POOL'))?.text ?? '';
  const family = /INSTANCE_FAMILY = (\S+)/.exec(pool)?.[1] ?? 'none';
  const machine = FAMILIES[family];
  if (!machine) return [`The size of machines of the family ${family} is not known here`];
  const { containers, volumes } = service.spec;
  const inMemory = volumes.filter(({ source }) => source === 'memory').map(({ size }) => memoryMi(size));
  const cpu = sum(containers.map(({ resources }) => processors(resources.requests.cpu)));
  const memory = sum([...inMemory, ...containers.map(({ resources }) => memoryMi(resources.requests.memory))]);
  const faults: [boolean, string][] = [
    [cpu > machine.cpu, `Containers ask for ${cpu} processors, and a machine of ${family} has ${machine.cpu}`],
    [memory > machine.memoryMi, `Containers ask for ${memory} Mi, and a machine of ${family} has ${machine.memoryMi}`],
    [!/MIN_NODES = 1 MAX_NODES = 1 /.test(pool), 'The pool has more machines than its one service can use'],
  ];
  return [
    ...faults.filter(([isSo]) => isSo).map(([, fault]) => fault),
    ...containers
      .filter(({ resources: { requests, limits } }) => {
        const fits = processors(requests.cpu) <= processors(limits.cpu);
        return !fits || memoryMi(requests.memory) > memoryMi(limits.memory);
      })
      .map(({ name }) => `${name} asks for more than its limit`),
  ];
};

const sum = (numbers: readonly number[]): number => Math.round(numbers.reduce((a, b) => a + b, 0) * 1000) / 1000;

const processors = (text: string): number => (text.endsWith('m') ? Number.parseFloat(text) / 1000 : Number(text));

function memoryMi(text: string): number {
  const [, amount = '0', unit = 'Mi'] = /^(\d+)(\w+)$/.exec(text) ?? [];
  return Number(amount) * (UNITS_MI[unit] ?? Infinity);
}
