/** The import rules of docs/ARCHITECTURE.md. `npm run check` fails where one is broken. */

const driverUsers = '^(apps/connection-manager/|test/|bench/|apps/local-warehouse/(test/|.*spec))';

/** What a room of libs may import of ours besides itself. */
const lib = (name, allowed) => ({
  name: `${name}-imports`,
  comment: `libs/${name} may import ${allowed.length > 0 ? allowed.join(', ') : 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^libs/${name}/`, pathNot: '(\\.spec\\.ts$|/(testing|fixture)/)' },
  to: {
    path: '^(apps|libs|frontend|scripts|test|bench)/',
    pathNot: [`^libs/${name}/`, ...allowed.map((room) => `^libs/${room}(/|\\.)`)],
  },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-app-to-app',
      comment: 'Services speak to each other through libs/contracts and the transport',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/([^/]+)/', pathNot: '^apps/$1/' },
    },
    { name: 'no-lib-to-app', severity: 'error', from: { path: '^libs/' }, to: { path: '^(apps|frontend)/' } },
    lib('contracts', []),
    lib('nodes', ['contracts']),
    lib('engine', ['contracts', 'nodes/src/kit', 'nodes/src/definitions', 'nodes/src/composers']),
    lib('transport', ['contracts', 'testing']),
    lib('platform', ['contracts', 'testing']),
    lib('testing', ['contracts', 'platform']),
    {
      name: 'tests-only',
      comment: 'libs/testing starts servers for specs, the end-to-end suite and benchmarks; nothing that ships uses it',
      severity: 'error',
      from: {
        path: '^(apps|libs|frontend)/',
        pathNot: ['\\.spec\\.tsx?$', '/(testing|test|fixture)/', '^libs/testing/'],
      },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'no-node-to-node',
      severity: 'error',
      from: { path: '^libs/nodes/src/(source|shape|logic|ai|output)-([^/]+)/' },
      to: { path: '^libs/nodes/src/(source|shape|logic|ai|output)-', pathNot: '^libs/nodes/src/$1-$2/' },
    },
    {
      name: 'frontend-imports',
      comment: 'The browser takes definitions, pure validation and contract types; it talks only to the gateway',
      severity: 'error',
      from: { path: '^frontend/' },
      to: {
        path: '^(apps|libs|scripts|test|bench)/',
        pathNot: [
          '^libs/nodes/src/(kit|definitions|[a-z]+-[a-z]+/[a-z-]+\\.definition)',
          '^libs/engine/src/(validate|plan/|sql/|diff/)',
          '^libs/contracts/src/(documents|runs|semantic)/',
          '^libs/contracts/src/embed/parent-origin',
          '^libs/contracts/src/errors/(error-codes|login-failure)',
        ],
      },
    },
    {
      name: 'only-connection-manager-has-the-driver',
      severity: 'error',
      from: { pathNot: driverUsers },
      to: { path: '(^|node_modules/)snowflake-sdk' },
    },
    {
      name: 'not-to-tests',
      severity: 'error',
      from: { pathNot: '(spec\\.tsx?$|^(test|bench)/)' },
      to: { path: '^test/' },
    },
    { name: 'not-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\.css$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/|\\.css$|\\?inline$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
