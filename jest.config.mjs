export default {
  testEnvironment: 'node',
  roots: ['src', 'migrations', 'client', 'test'].map((folder) => `<rootDir>/${folder}`),
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  resolver: '<rootDir>/jest-resolver.cjs',
  globalSetup: '<rootDir>/test/setup/global-setup.mjs',
  globalTeardown: '<rootDir>/test/setup/global-teardown.mjs',
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts'],
  testTimeout: 90_000,
  maxWorkers: 2,
  // Every file loads a house of its own: a worker that has grown is replaced, before it only collects.
  workerIdleMemoryLimit: '1200MB',
  watchman: false,
};
