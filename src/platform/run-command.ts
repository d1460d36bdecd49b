import { pathToFileURL } from 'node:url';

/**
 * Runs `main` as a command, where the file at `url` is the one that was started, and not imported.
 * It exits with what `main` answers: 0 when all is well, 1 when something is not; and with 2 when
 * it could not be done: then stderr says `failed`, and why.
 */
export async function runCommand(
  url: string,
  failed: string,
  main: (args: string[]) => Promise<number>,
): Promise<void> {
  if (!process.argv[1] || url !== pathToFileURL(process.argv[1]).href) return;
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${failed}: ${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}
