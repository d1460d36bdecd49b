// npm test: everything that can fail, in order, and a count at the end.
//   npm test                         types, lint, format, imports, contract, then all tests
//   npm test -- test/e2e -t withdraw what stands behind `--` goes to Jest, which then runs alone
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { main, root } from './command.mjs';
import { ensureInstalled } from './first-run.mjs';
import { guard } from './guard.mjs';
import { makeScratch } from './scratch.mjs';

/** The checks without tests of their own: a headline and a command, found in node_modules/.bin. */
function staticChecks() {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return [
    ['Types', 'tsc -p tsconfig.test.json'],
    ['Lint', scripts.lint],
    ['Format', scripts['format:check']],
    ['Imports', scripts.depcruise],
    ['Lint of the contract', scripts['lint:contract']],
  ];
}

/** Runs a program on the terminal; resolves to whether it succeeded. */
async function run(headline, command, args, options) {
  console.log(`\n── ${headline}`);
  const started = Date.now();
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
  guard(child, 'SIGTERM');
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`── ${headline}: ${code === 0 ? 'passed' : 'FAILED'} (${seconds} s)`);
  return code === 0;
}

function runCheck([headline, command]) {
  const bin = path.join(root, 'node_modules', '.bin');
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
  return run(headline, command, [], { shell: true, env });
}

/** Runs Jest and reads its counts; a file that can't be run counts as one failure. */
async function runJest(args, env) {
  const folder = makeScratch('results');
  const report = path.join(folder, 'jest.json');
  const ok = await run(
    'Tests',
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings=ExperimentalWarning',
      path.join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
      '--json',
      `--outputFile=${report}`,
      ...args,
    ],
    { env },
  );
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  rmSync(folder, { recursive: true, force: true });
  const failed = (counts.numFailedTests ?? 0) + (counts.numRuntimeErrorTestSuites ?? 0);
  return {
    passed: counts.numPassedTests ?? 0,
    failed: ok ? failed : Math.max(failed, 1),
    skipped: (counts.numPendingTests ?? 0) + (counts.numTodoTests ?? 0),
  };
}

await main(async () => {
  await ensureInstalled();
  const args = process.argv.slice(2);
  const chosen = args.some((arg) => !arg.startsWith('-'));
  const broken = [];
  for (const check of chosen ? [] : staticChecks()) {
    if (!(await runCheck(check))) broken.push(check[0]);
  }
  const exercised = makeScratch('exercised');
  const env = { ...process.env, TEST_EXERCISED: exercised };
  const { passed, failed, skipped } = await runJest(args, env);
  // Loaded now, for it needs what was only just installed.
  const { assertExercised } = await import('../test/setup/contract-coverage.mjs');
  if (args.length === 0 && !assertExercised(exercised)) broken.push('Contract');
  rmSync(exercised, { recursive: true, force: true });

  if (broken.length > 0)
    console.log(`\nChecks that failed (each counted below): ${broken.join(', ')}`);
  const failures = failed + broken.length;
  console.log(`\n${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failures > 0 ? 1 : 0;
});
