// Nest 12 and some of its dependencies are ESM-only and jest cannot require(esm) on Node 20, so swc turns them into CommonJS.
const esmOnly = [
  '@nestjs',
  '@nest-lab',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
  'load-esm',
  'uid',
  'jose',
  'openid-client',
  'oauth4webapi',
  '@polyglot-sql',
  'content-disposition',
  '@fastify/cookie',
  'cookie',
  'vega(-[a-z]+)*',
  'd3(-[a-z]+)*',
  'internmap',
  'delaunator',
  'robust-predicates',
  'yaml',
  '@opentelemetry/otlp-exporter-base',
];

const compile = (syntax) => [
  '@swc/jest',
  {
    swcrc: false,
    jsc: {
      parser: syntax === 'typescript' ? { syntax, decorators: true, tsx: false } : { syntax },
      transform: syntax === 'typescript' ? { legacyDecorator: true, decoratorMetadata: true } : {},
      target: 'es2022',
      keepClassNames: true,
    },
    // Nest and others load packages at run time by import(), which jest can't do either.
    module: { type: 'commonjs', ignoreDynamic: false },
  },
];

const services = {
  rootDir: __dirname,
  testEnvironment: 'node',
  moduleFileExtensions: ['ts', 'js', 'json', 'node'],
  transform: {
    '^.+\\.ts$': compile('typescript'),
    '^.+\\.m?js$': compile('ecmascript'),
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleNameMapper: { '^@snowflow/([^/]+)/(.*)$': '<rootDir>/libs/$1/src/$2' },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.snowflow'],
};

const browser = {
  ...services,
  testEnvironment: 'jsdom',
  moduleFileExtensions: ['ts', 'tsx', 'js', 'json'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
          target: 'es2022',
        },
        module: { type: 'commonjs' },
      },
    ],
    '^.+\\.m?js$': compile('ecmascript'),
  },
};

/** `npm test` runs unit and browser; `npm run test:e2e` runs e2e. */
module.exports = {
  // For what hangs; tests run real servers, and other tests beside them on the same two cores. Projects can't set it for themselves.
  testTimeout: 30_000,
  // A worker that has run many files spends its time on collecting what they left: a fresh one is faster.
  workerIdleMemoryLimit: '800MB',
  projects: [
    {
      ...services,
      displayName: 'unit',
      testMatch: ['<rootDir>/{libs,apps,scripts,test}/**/*.spec.ts'],
      globalSetup: '<rootDir>/scripts/build-for-specs.mjs',
    },
    {
      ...browser,
      displayName: 'browser',
      setupFiles: ['<rootDir>/frontend/src/testing/jsdom-gaps.ts'],
      setupFilesAfterEnv: ['<rootDir>/frontend/src/testing/patience.ts'],
      testMatch: ['<rootDir>/frontend/**/*.spec.{ts,tsx}'],
      moduleNameMapper: {
        ...services.moduleNameMapper,
        '\\.css$': '<rootDir>/frontend/src/empty-style.ts',
        // Their entries for Node wait for a canvas and for files at the top level; these are what the page is built with.
        '^vega-(canvas|loader)$': '<rootDir>/node_modules/vega-$1/build/vega-$1.browser.js',
      },
    },
    {
      ...services,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'],
      globalSetup: '<rootDir>/scripts/build-for-tests.mjs',
    },
  ],
};
