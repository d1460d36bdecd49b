import { describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { inProject } from '../../src/config/project-root.js';
import type { Definition } from '../../src/kernel/definition.js';
import { diagramOf, identifierOf } from '../../src/modules/mechanisms/diagram.rules.js';
import { loadMechanisms } from '../../src/modules/mechanisms/index.js';
import { labelsIn, vocabulariesOf } from '../../src/modules/mechanisms/vocabulary.rules.js';
import { readVocabularies } from '../../src/platform/labels/labels.js';
import { LANGUAGES, type Language } from '../../src/platform/labels/languages.js';
import { procedurePages } from '../../src/procedure-pages.js';
import { sample } from './sample-definition.js';

const { definitions } = loadMechanisms(inProject('mechanisms'));
const diagram = (definition: Definition, language: Language): string => {
  const labels = readVocabularies(inProject(`mechanisms/labels/${definition.key}.yaml`));
  return diagramOf(definition, labelsIn(vocabulariesOf(definition, labels), language));
};

const IDENTIFIER = String.raw`[A-Za-z][A-Za-z0-9_]*`;
const LABEL = String.raw`[^:;#"%{}<>[\]\s](?:[^:;#"%{}<>[\]\n]*[^:;#"%{}<>[\]\s])?`;
/** Every line that Mermaid is given; its own parser accepts these. */
const LINES = {
  declaration: new RegExp(`^  state "(${LABEL})" as (${IDENTIFIER})$`),
  start: new RegExp(String.raw`^  \[\*\] --> (${IDENTIFIER})$`),
  arrow: new RegExp(`^  (${IDENTIFIER}) --> (${IDENTIFIER}) : (${LABEL})$`),
  end: new RegExp(String.raw`^  (${IDENTIFIER}) --> \[\*\]$`),
};
const matches = (lines: readonly string[], kind: keyof typeof LINES): string[][] =>
  lines.flatMap((line) => {
    const found = LINES[kind].exec(line);
    return found ? [found.slice(1)] : [];
  });

function expectWhole(definition: Definition, text: string): void {
  const [head, ...lines] = text.trimEnd().split('\n');
  expect(head).toBe('stateDiagram-v2');
  const unknown = lines.filter((line) => !Object.values(LINES).some((kind) => kind.test(line)));
  expect(unknown).toEqual([]);
  const identifiers = definition.stages.map(({ stage }) => identifierOf(stage));
  expect(new Set(identifiers).size).toBe(identifiers.length);
  expect(matches(lines, 'declaration').map(([, id]) => id)).toEqual(identifiers);
  expect(matches(lines, 'start')).toEqual([[identifierOf(definition.start)]]);
  const moves = definition.moves.flatMap(({ from, to }) =>
    from.map((stage) => [identifierOf(stage), identifierOf(to)]),
  );
  expect(matches(lines, 'arrow').map(([from, to]) => [from, to])).toEqual(moves);
  const finals = definition.stages.filter(({ final }) => final);
  expect(matches(lines, 'end')).toEqual(finals.map(({ stage }) => [identifierOf(stage)]));
}

describe('the pages of the procedures', () => {
  const pages = procedurePages();
  const folder = inProject('docs/procedures');

  it('are what the definitions say (UPDATE=1 rewrites them)', () => {
    if (process.env['UPDATE']) {
      mkdirSync(folder, { recursive: true });
      for (const [file, text] of pages) writeFileSync(inProject(file), text);
    }
    for (const [file, text] of pages) {
      const written = existsSync(inProject(file)) ? readFileSync(inProject(file), 'utf8') : '';
      expect([file, written.split('\n')]).toEqual([file, text.split('\n')]);
    }
  });

  it('are of procedures that there are, each of them', () => {
    const files = [...new Set(definitions.map(({ key }) => `${key}.md`))];
    expect(readdirSync(folder).toSorted()).toEqual(files.toSorted());
  });

  it('tell everything that a definition has, and mark what is unverified', () => {
    for (const definition of new Map(definitions.map((each) => [each.key, each])).values()) {
      const text = pages.get(`docs/procedures/${definition.key}.md`)!;
      const named = [
        ...definition.roles.map(({ role }) => role),
        ...definition.stages.map(({ stage }) => stage),
        ...definition.moves.map(({ move }) => move),
        ...definition.moves.flatMap(({ requires }) => requires.map((atom) => atom.else)),
        ...definition.moves.flatMap(({ then }) => then),
        ...definition.deadlines.map(({ deadline }) => deadline),
        ...definition.documents.map(({ kind }) => kind),
        ...definition.visibility.map(({ compartment }) => compartment),
        ...Object.keys(definition.parameters),
      ];
      expect(named.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
      const [, table = ''] = text.split('\n## Deadlines\n');
      const lines = table.split('\n## ', 1)[0]!.split('\n');
      const marked = lines.filter((line) => line.includes('**unverified**'));
      const unverified = definition.deadlines.filter((rule) => rule.unverified);
      expect(marked.map((line) => line.split('`')[1])).toEqual(
        unverified.map(({ deadline }) => deadline),
      );
    }
  });
});

describe('the diagram of a procedure', () => {
  it.each(LANGUAGES)('has every stage and move in %s, and nothing that breaks it', (language) => {
    for (const definition of definitions) expectWhole(definition, diagram(definition, language));
  });

  it('does without labels, and takes any', () => {
    expectWhole(sample, diagramOf(sample, {}));
    const odd = `"quoted"; #1 {a} %% <b>: [c]\n`;
    const { stage } = sample.stages[0]!;
    expectWhole(sample, diagramOf(sample, { stages: { [stage]: odd } }));
    expect(diagramOf(sample, { stages: { [stage]: odd } })).toContain('"quoted 1 a b c"');
  });

  it('gives no stage a name that Mermaid keeps for itself', () => {
    expect(['wg-adopted', 'state', 'note', 'class', 'closed'].map(identifierOf)).toEqual([
      'wg_adopted',
      'state_',
      'note_',
      'class_',
      'closed',
    ]);
  });
});
