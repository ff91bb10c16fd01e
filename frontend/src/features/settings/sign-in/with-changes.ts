import { linesOf, type SettingsValues } from './settings-form';

type Limits = SettingsValues['limits'];

/**
 * What was typed, on top of settings that somebody else has saved since. `began` is what the form began with: where the values still are
 * that, the newer ones take their place. Lists are put together name by name, so that what the other has taken away stays away.
 */
export function withChanges(typed: SettingsValues, began: SettingsValues, newer: SettingsValues): SettingsValues {
  const { runBudget, ...limits } = typed.limits;
  return {
    ...fieldsOf(typed, began, newer),
    methods: listOf(typed.methods, began.methods, newer.methods),
    ownerRoles: listOf(linesOf(typed.ownerRoles), linesOf(began.ownerRoles), linesOf(newer.ownerRoles)).join('\n'),
    autoJoin: listOf(typed.autoJoin, began.autoJoin, newer.autoJoin),
    limits: {
      ...fieldsOf<Omit<Limits, 'runBudget'>>(limits, began.limits, newer.limits),
      runBudget: fieldsOf(runBudget, began.limits.runBudget, newer.limits.runBudget),
    },
  };
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

function fieldsOf<Values extends object>(typed: Values, began: Values, newer: Values): Values {
  const changed = Object.entries(typed).filter(([name, value]) => !isSame(value, began[name as keyof Values]));
  const names = Object.keys(typed) as (keyof Values)[];
  const kept = Object.fromEntries(names.map((name) => [name, newer[name]]));
  return { ...kept, ...Object.fromEntries(changed) } as Values;
}

function listOf<Item>(typed: readonly Item[], began: readonly Item[], newer: readonly Item[]): Item[] {
  if (isSame(typed, began)) return [...newer];
  const isIn = (list: readonly Item[], item: Item) => list.some((each) => isSame(each, item));
  const kept = typed.filter((item) => isIn(newer, item) || !isIn(began, item));
  return [...kept, ...newer.filter((item) => !isIn(began, item) && !isIn(typed, item))];
}
