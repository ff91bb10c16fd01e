import { listAt, textIn, type LegacyNode } from './legacy-flow';
import { readsAsSql } from './legacy-expression';
import { type Home, home, homeless, withProblem } from './legacy-home';
import { NOT_SQL } from './legacy-source';

/** It never branched; here it does, so what its edges meant is told. */
export function moveCondition({ data }: LegacyNode): Home {
  const expression = textIn(data, 'expression', 'condition');
  const moved = home('logic.condition', { expression });
  return readsAsSql(expression) ? moved : withProblem(moved, 'expression', NOT_SQL);
}

const STRATEGIES: readonly (readonly [RegExp, string])[] = [
  [/keyword/i, 'keyword'],
  [/llm|model|semantic|ai|intent/i, 'model'],
  [/rule|condition|expression/i, 'rules'],
];

export function moveRouter({ data }: LegacyNode): Home {
  const named = textIn(data, 'strategy');
  const strategy = STRATEGIES.find(([pattern]) => pattern.test(named))?.[1] ?? 'rules';
  const routes = listAt(data, 'routes')
    .slice(0, 50)
    .map((route, at) => {
      const name = portName(typeof route === 'string' ? route : textIn(route, 'name', 'label', 'id'), at);
      const rule = textIn(route, 'rule', 'condition', 'expression');
      const keywords = listAt(route, 'keywords').filter((one): one is string => typeof one === 'string' && one !== '');
      const description = textIn(route, 'description').trim();
      return {
        name,
        ...(strategy === 'rules' ? { rule } : {}),
        ...(strategy === 'keyword' && keywords.length > 0 ? { keywords } : {}),
        ...(strategy === 'model' ? { description: description || name } : {}),
      };
    });
  const model = textIn(data, 'model');
  let moved = home('logic.router', { strategy, routes, ...(strategy === 'model' ? { model } : {}) });
  if (named !== '' && !STRATEGIES.some(([pattern]) => pattern.test(named))) {
    moved = withProblem(moved, 'strategy', `The strategy “${named.slice(0, 60)}” is not known; choose one`);
  }
  if (routes.length === 0) moved = withProblem(moved, 'routes', 'The file names no routes; add one');
  if (strategy === 'model' && model === '') moved = withProblem(moved, 'model', 'The file names no model; choose one');
  routes.forEach(({ rule }, at) => {
    if (rule !== undefined && !readsAsSql(rule)) moved = withProblem(moved, `routes.${at}.rule`, NOT_SQL);
  });
  return moved;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Whatever it signed in with stays behind; a credential of the tenant is chosen instead. */
export function moveExternalAgent({ data }: LegacyNode): Home {
  const method = textIn(data, 'method').toUpperCase();
  const url = textIn(data, 'endpoint', 'url').trim();
  const signIn = textIn(data, 'authType', 'auth');
  const needsCredential = signIn !== '' && !/^none$/i.test(signIn);
  const moved = home(
    'ai.http',
    { method: METHODS.includes(method) ? method : 'POST', url },
    needsCredential ? [`Its sign-in (${signIn.slice(0, 60)}) is left out: choose one of the tenant’s credentials`] : [],
  );
  return url === '' ? withProblem(moved, 'url', 'The file names no address; give it') : moved;
}

const VIEWS = ['table', 'chart', 'json', 'text'];

export function moveOutput({ data, label }: LegacyNode): Home {
  const named = textIn(data, 'outputType').toLowerCase();
  const isKnown = VIEWS.includes(named);
  const told = isKnown || named === '' ? [] : [`Its output “${named.slice(0, 60)}” is shown as a table here`];
  return home('output.result', { name: label || 'Result', view: isKnown ? named : 'table' }, told);
}

export const moveFileOutput = ({ label }: LegacyNode): Home =>
  home('output.result', { name: label || 'File', view: 'table' }, [
    'Its rows are downloaded from the result instead of written into a file',
  ]);

export const moveSchemaExtractor = (): Home =>
  homeless('It is left out: the columns of every node are known here without it');

/** Columns under other names are a Select; what else it did is not told by such a file. */
export function moveSchemaTransformer({ data }: LegacyNode): Home {
  const columns = [...listAt(data, 'mappings'), ...listAt(data, 'columns')].map((one) => ({
    column: typeof one === 'string' ? one : textIn(one, 'source', 'from', 'column', 'name'),
    as: textIn(one, 'target', 'to', 'as'),
  }));
  if (columns.length === 0 || columns.some(({ column }) => column === '')) {
    return homeless('It is left out: the file does not say which columns it made of which; draw a Select');
  }
  return home('shape.select', {
    columns: columns.map(({ column, as }) => ({ column, ...(as ? { as } : {}) })),
  });
}

/** A name that a port may have. */
export const portName = (name: string, at: number): string => {
  const plain = name
    .trim()
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64);
  return plain === '' || plain === 'else' || plain === 'error' ? `route-${at + 1}` : plain;
};
