import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { bootstrapSchema } from '../../src/config/bootstrap-environment.js';
import { environmentSchema } from '../../src/config/environment.js';
import { projectRoot } from '../../src/config/project-root.js';
import { sources } from './sources.js';

interface Service {
  readonly image: string;
  readonly command?: string[];
  readonly environment?: Record<string, string>;
  readonly cap_drop?: string[];
  readonly security_opt?: string[];
  readonly read_only?: boolean;
  readonly volumes?: string[];
  readonly networks: string[];
  readonly ports?: string[];
}

const text = (name: string): string => readFileSync(path.join(projectRoot, name), 'utf8');
const compose = parse(text('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: object;
  networks: Record<string, { internal?: boolean } | null>;
};
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image.startsWith('comity:'));

/** The linter on one file; it checks against the schema of compose files first. */
function lint(file: string): { code: number | null; said: string } {
  const command = path.join(projectRoot, 'node_modules', 'dclint', 'bin', 'dclint.cjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, '--quiet', file], {
    encoding: 'utf8',
  });
  return { code: status, said: (stdout + stderr).trim() };
}

describe('docker-compose.yml', () => {
  it('is valid by the schema of compose files, and the linter has nothing against it', () => {
    expect(lint(path.join(projectRoot, 'docker-compose.yml'))).toEqual({ code: 0, said: '' });
    const folder = mkdtempSync(path.join(tmpdir(), 'comity-compose-'));
    try {
      const broken = path.join(folder, 'docker-compose.yml');
      writeFileSync(broken, text('docker-compose.yml').replace('depends_on:', 'depends_upon:'));
      expect(lint(broken).code).not.toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('sets what the processes read, and nothing else', () => {
    const known = new Set([
      ...Object.keys(environmentSchema.shape),
      ...Object.keys(bootstrapSchema.shape),
    ]);
    expect(ours.map(([name]) => name)).toEqual(['api', 'worker', 'bootstrap']);
    for (const [name, { environment = {} }] of ours) {
      const unknown = Object.keys(environment).filter((setting) => !known.has(setting));
      expect([name, unknown]).toEqual([name, []]);
    }
  });

  it('runs files that there are', () => {
    for (const [, { command = [] }] of ours) {
      const [program, file] = command;
      expect(program).toBe('node');
      const source = file!.replace(/^dist\//, '').replace(/\.js$/, '.ts');
      expect([source, existsSync(path.join(projectRoot, source))]).toEqual([source, true]);
    }
    const mounted = services.flatMap(([, { volumes = [] }]) =>
      volumes.filter((volume) => volume.startsWith('./')),
    );
    expect(mounted.length).toBeGreaterThan(0);
    for (const volume of mounted) {
      expect(existsSync(path.join(projectRoot, volume.split(':')[0]!))).toBe(true);
    }
  });

  it('gives the administrator of the database to bootstrap alone', () => {
    const whoever = services.filter(([, { environment = {} }]) =>
      Object.values(environment).some((value) => value.includes('POSTGRES_PASSWORD')),
    );
    expect(whoever.map(([name]) => name)).toEqual(['bootstrap', 'postgres']);
  });

  it('takes every secret from the environment, which .env.example names whole', () => {
    const asked = [...text('docker-compose.yml').matchAll(/\$\{(\w+):\?/g)].map(
      ([, name]) => name!,
    );
    const named = new Set([...text('.env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name));
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => !named.has(name))).toEqual([]);
  });

  it('closes every service: no capability, no new privilege, nothing written outside volumes', () => {
    for (const [name, { cap_drop, security_opt, read_only }] of services) {
      expect([name, cap_drop, security_opt, read_only]).toEqual([
        name,
        ['ALL'],
        ['no-new-privileges:true'],
        true,
      ]);
    }
  });

  it('shows databases to nobody outside, and lets any number of processes run', () => {
    for (const name of ['postgres', 'redis', 'bootstrap']) {
      const { networks, ports = [] } = compose.services[name]!;
      expect([name, networks, ports]).toEqual([name, ['back'], []]);
    }
    expect(compose.networks['back']?.internal).toBe(true);
    for (const name of ['api', 'worker']) {
      const service = compose.services[name]!;
      expect([name, service.ports, 'container_name' in service]).toEqual([name, undefined, false]);
    }
  });

  it('keeps a queue that evicts nothing and survives a restart', () => {
    const command = compose.services['redis']!.command!.join(' ');
    expect(command).toContain('--maxmemory-policy noeviction');
    expect(command).toContain('--appendonly yes');
  });
});

describe('the pages for operators', () => {
  const pages = ['README.md', 'docs/operating.md', 'docs/upgrading.md'].map(text).join('\n');
  const commands = [...pages.matchAll(/docker compose (exec|run) ([^`\n]*)/g)].map(
    ([line, , rest]) => ({ line, words: rest!.split(/\s+/) }),
  );

  it('run commands in services that there are, and programs that the image has', () => {
    expect(commands.length).toBeGreaterThan(10);
    for (const { line, words } of commands) {
      const service = words.find((word) => word in compose.services);
      expect([line, service]).toEqual([line, expect.any(String)]);
      const program = words.find((word) => /^dist\/src\/.*\.js$/.test(word));
      if (!program) continue;
      const source = program.replace(/^dist\//, '').replace(/\.js$/, '.ts');
      expect([line, existsSync(path.join(projectRoot, source))]).toEqual([line, true]);
      // Whoever looks at all chains does so as the administrator of the database.
      const { environment = {}, image } = compose.services[service!]!;
      expect([line, image, 'DATABASE_URL' in environment]).toEqual([line, 'comity:local', true]);
    }
  });

  it('tell how to back up, restore and check the house in containers', () => {
    const told = (command: RegExp) => commands.some(({ line }) => command.test(line));
    for (const command of [/pg_dump/, /pg_restore/, /\btar --create\b/, /\btar --extract\b/]) {
      expect([command, told(command)]).toEqual([command, true]);
    }
    for (const name of [
      'verify-journal',
      'verify-chain',
      'verify-receipt',
      'rotate-signing-key',
      'reapply-withdrawals',
    ]) {
      expect([name, told(new RegExp(`bootstrap node dist/src/${name}\\.js`))]).toEqual([
        name,
        true,
      ]);
    }
    // The keys go where the dump does not.
    const backup = /docker compose exec -T api cat \/data\/keys\.json > \$(\w+)\//.exec(pages);
    const signing = /exec -T api cat \/data\/signing-keys\.json > \$(\w+)\//.exec(pages);
    expect(signing?.[1]).toBe(backup?.[1]);
    const dump = /pg_dump --username.* > \$(\w+)\//.exec(pages);
    expect(backup?.[1]).toBeDefined();
    expect(backup?.[1]).not.toBe(dump?.[1]);
  });
});

describe('the Dockerfile', () => {
  /** Instructions by stage, continued lines joined. */
  const stages = text('Dockerfile')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, ' ')
    .split(/^(?=FROM )/m)
    .filter((stage) => stage.startsWith('FROM '));
  const last = stages.at(-1)!;
  const into = (stage: string): string[] =>
    [...stage.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, files]) => files!.split(' '));

  it('builds apart from what it ships, on the current LTS', () => {
    expect(stages).toHaveLength(3);
    for (const stage of stages) expect(stage).toMatch(/^FROM node:26-slim\b/);
    // Whoever runs it without containers is told the same.
    expect(text('README.md')).toContain('(26 is recommended for deployment)');
    expect(text('docs/upgrading.md')).toContain('the current LTS (26)');
    expect(stages[1]).toContain('npm ci --omit=dev');
    expect(last).not.toMatch(/npm (ci|install)/);
  });

  it('runs as nobody in particular, says when it is ill, and holds no secret', () => {
    expect(last).toMatch(/^USER node$/m);
    expect(last.indexOf('USER node')).toBeLessThan(last.indexOf('\nCMD '));
    expect(last).toMatch(/^HEALTHCHECK .*\/health\/ready/m);
    expect(last).not.toMatch(/PASSWORD|SECRET|TOKEN|DATABASE_URL/);
  });

  it('installs no package that nothing imports', () => {
    const { dependencies } = JSON.parse(text('package.json')) as { dependencies: object };
    const code = sources('src', 'migrations', 'scripts').map((source) => source.code);
    const unused = Object.keys(dependencies).filter(
      (name) => !code.some((each) => new RegExp(`['"/]${name}['"/]`).test(each)),
    );
    expect(unused).toEqual([]);
  });

  it('copies what there is, all of it let through by .dockerignore', () => {
    const allowed = text('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    const copied = stages.flatMap(into);
    expect(copied.length).toBeGreaterThan(10);
    for (const file of copied) {
      expect([file, existsSync(path.join(projectRoot, file))]).toEqual([file, true]);
      expect(allowed).toContain(file);
    }
  });

  it('builds from all that is compiled, and ships all that the processes read', () => {
    const { include } = JSON.parse(text('tsconfig.json')) as { include: string[] };
    expect(include.filter((folder) => !into(stages[0]!).includes(folder))).toEqual([]);
    const read = sources('src')
      .filter(({ path: file }) => !file.endsWith('.spec.ts') && file !== 'src/diagrams.ts')
      .flatMap(({ code }) => [...code.matchAll(/inProject\('([^'/]+)/g)].map(([, root]) => root!));
    expect(read.length).toBeGreaterThan(5);
    const shipped = [...into(last), 'dist'];
    expect([...new Set([...read, 'mechanisms'])].filter((root) => !shipped.includes(root))).toEqual(
      [],
    );
  });

  it('keeps keys and files of every process on the one volume', () => {
    for (const setting of ['COMITY_KEYS', 'COMITY_SIGNING_KEYS', 'COMITY_FILES']) {
      expect(last).toMatch(new RegExp(`\\b${setting}=/data/`));
      expect(Object.keys(bootstrapSchema.shape)).toContain(setting);
    }
    expect(Object.keys(compose.volumes)).toContain('data');
  });
});
