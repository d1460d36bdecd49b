// npm run measure-classification -- DIR [--learn]: measures how recommendations are understood
// against the labelled data in DIR (upr/recommendations-s01-12.csv and upr/slovenia), prints it and
// writes docs/classification.md. --learn learns the shipped weights anew before.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { main, root, SetupError } from './command.mjs';
import { ensureBuilt, ensureInstalled } from './first-run.mjs';

await main(async () => {
  const { values, positionals } = parseArgs({
    options: { learn: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new SetupError('Give it one folder of data.');
  await ensureInstalled();
  await ensureBuilt();
  const built = path.join(root, 'dist', 'src', 'measure', 'measure-classification.js');
  const { measureClassification } = await import(pathToFileURL(built).href);
  // npm goes to the checkout's folder; the path on its command line starts from where it was.
  const from = process.env.INIT_CWD ?? process.cwd();
  try {
    const { report, time } = measureClassification(path.resolve(from, folder), values);
    writeFileSync(path.join(root, 'docs', 'classification.md'), report);
    console.log(`${report}\nA text took ${time.toFixed(2)} ms.`);
  } catch (error) {
    throw new SetupError(error.message);
  }
  return 0;
});
