import { defineConfig } from 'vitest/config';

// The small Python recurses on JavaScript's stack, as deep as Python's 1,000 frames: the main thread's default does not hold that.
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    pool: 'forks',
    execArgv: ['--stack-size=7000'],
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
