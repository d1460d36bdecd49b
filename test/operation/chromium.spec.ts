import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const script = pathToFileURL(path.resolve('scripts/chromium.mjs')).href;
const INSTALL = 'install --yes --quiet=2 --no-install-recommends chromium';
const MEND =
  '; put one on the PATH as chromium, chromium-browser, google-chrome, or run apt-get install chromium';

/** On a PATH of our own, with an apt-get that says what it was asked. */
describe('the Chromium of the tests', () => {
  let folder: string;
  let bin: string;
  let log: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'comity-chromium-'));
    bin = path.join(folder, 'bin');
    log = path.join(folder, 'asked');
    mkdirSync(bin);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const program = (file: string, lines = ''): string => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${lines}`, { mode: 0o755 });
    return file;
  };
  const apt = (lines: string) =>
    program(path.join(bin, 'apt-get'), `echo "$*" >> '${log}'\n${lines}\n`);
  const asked = (): string[] =>
    existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
  /** As an installed package leaves it. */
  const installs = () => {
    const file = path.join(bin, 'chromium');
    return `printf '#!/bin/sh\\n' > '${file}' && /bin/chmod +x '${file}'`;
  };

  function find(user: number, folders = [bin]): unknown {
    const code = `process.getuid = () => ${user};
      const { findChromium } = await import(${JSON.stringify(script)});
      console.log(JSON.stringify(findChromium()));`;
    const line = ['--input-type=module', '--eval', code];
    const env = { PATH: folders.join(path.delimiter) };
    return JSON.parse(execFileSync(process.execPath, line, { env, encoding: 'utf8' }));
  }

  it('is the first on the PATH that runs, and nothing is installed', () => {
    apt(installs());
    const [first, second] = ['first', 'second'].map((name) => path.join(folder, name));
    mkdirSync(path.join(first!, 'chromium'), { recursive: true });
    writeFileSync(path.join(first!, 'chromium-browser'), 'no program');
    const chrome = program(path.join(first!, 'google-chrome'));
    program(path.join(second!, 'chromium'));
    expect(find(0, [bin, first!, second!])).toEqual({ program: chrome });
    expect(asked()).toEqual([]);
  });

  it('is installed by root where there is none', () => {
    apt(installs());
    expect(find(0)).toEqual({ program: path.join(bin, 'chromium') });
    expect(asked()).toEqual([INSTALL]);
  });

  it('is asked for again once the lists are new', () => {
    const fresh = path.join(folder, 'fresh');
    apt(`[ "$1" = update ] && : > '${fresh}'\n[ -e '${fresh}' ] || exit 100\n${installs()}`);
    expect(find(0)).toEqual({ program: path.join(bin, 'chromium') });
    expect(asked()).toEqual([INSTALL, 'update --quiet=2', INSTALL]);
  });

  it('is not installed by anybody else, who is told what to do', () => {
    apt(installs());
    const reason = `no chromium, and only root can install one${MEND}`;
    expect(find(1000)).toEqual({ program: null, reason });
    expect(asked()).toEqual([]);
  });

  it.each([
    [
      'what apt-get said last',
      'echo "W: slow" >&2\necho "E: no network" >&2\nexit 100',
      'apt-get update: E: no network',
    ],
    ['what is odd', ':', 'it was installed, and is not on the PATH'],
  ])('is missing by a reason: %s', (_, lines, why) => {
    apt(lines);
    expect(find(0)).toEqual({ program: null, reason: `no chromium, and ${why}${MEND}` });
  });

  it('is missing by a reason where there is no apt-get', () => {
    const reason = `no chromium, and apt-get update: spawnSync apt-get ENOENT${MEND}`;
    expect(find(0)).toEqual({ program: null, reason });
  });
});
