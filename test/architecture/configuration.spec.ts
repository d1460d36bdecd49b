import { describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { bootstrapSchema } from '../../src/config/bootstrap-environment.js';
import { environmentSchema } from '../../src/config/environment.js';
import { projectRoot } from '../../src/config/project-root.js';
import { writtenLimits } from '../../src/config/rate-limits.js';
import { sources } from './sources.js';

/** What the set-up of the tests tells the tests: nobody sets it. */
const BETWEEN_PROCESSES = [
  'TEST_APP_URL',
  'TEST_EXERCISED',
  'TEST_PUBLIC_URL',
  'TEST_REDIS_MISSING',
  'TEST_SIGNING_KEYS',
  'TEST_WORKER_URL',
];

const file = path.join(projectRoot, 'docs', 'configuration.md');
const page = readFileSync(file, 'utf8');

/** How the schema itself describes a setting; what only code can tell is looked at in its input. */
const described = (schema: z.ZodObject) =>
  Object.entries(
    (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties ?? {}) as Record<
      string,
      { default?: string | number; description?: string; enum?: string[] }
    >,
  );

function table(schema: z.ZodObject): string {
  const rows = described(schema).map(([name, { default: usual, description = '', enum: some }]) => {
    const values = some ? `${some.map((value) => `\`${value}\``).join(', ')}. ` : '';
    const shown = usual === undefined ? '' : `\`${usual}\``;
    return `| \`${name}\` | ${shown} | ${values}${description} |`;
  });
  return ['| setting | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

/** The page with its tables made anew. */
function made(): string {
  const parts: Record<string, string> = {
    processes: table(environmentSchema),
    bootstrap: table(bootstrapSchema),
    quotas: `\`${writtenLimits()}\``,
  };
  return page.replaceAll(
    /(<!-- (\w+) -->\n)[\s\S]*?(\n<!-- end -->)/g,
    (_, begin: string, name: string, end: string) => `${begin}${parts[name]}${end}`,
  );
}

describe('docs/configuration.md', () => {
  it('says what the schemas say (UPDATE=1 writes it)', () => {
    if (process.env.UPDATE) writeFileSync(file, made());
    expect(readFileSync(file, 'utf8')).toBe(made());
    expect(page.match(/<!-- (processes|bootstrap|quotas) -->/g)).toHaveLength(3);
  });

  it('explains every setting', () => {
    const silent = [...described(environmentSchema), ...described(bootstrapSchema)]
      .filter(([, { description }]) => !description)
      .map(([name]) => name);
    expect(silent).toEqual([]);
  });

  it('names whatever the scripts and the tests read', () => {
    const read = sources('scripts', 'test/setup', 'test/faults').flatMap(
      ({ code }) => code.match(/\b(?:COMITY|TEST)_[A-Z_]+\b/g) ?? [],
    );
    const names = new Set(read.filter((name) => !BETWEEN_PROCESSES.includes(name)));
    expect(names.size).toBeGreaterThan(5);
    expect([...names].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
