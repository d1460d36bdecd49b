import type { Definition } from '../../kernel/definition.js';
import type { Labels } from './vocabulary.rules.js';

/** Words that Mermaid reads as its own. */
const RESERVED =
  /^(as|choice|class|click|default|direction|end|fork|hide|join|note|scale|state|style)$/;

/** A stage's name where Mermaid wants an identifier. */
export const identifierOf = (stage: string): string => {
  const identifier = stage.replaceAll('-', '_');
  return RESERVED.test(identifier) ? `${identifier}_` : identifier;
};

/** What would end a label or begin something else in it is left out. */
const plain = (text: string): string => text.replaceAll(/[:;#"%{}<>[\]\s]+/g, ' ').trim();

/** The stages and moves of a procedure as a Mermaid state diagram, in the words of `labels`. */
export function diagramOf(definition: Definition, labels: Labels): string {
  const called = (vocabulary: string, code: string): string =>
    plain(labels[vocabulary]?.[code] ?? code);
  const { stages, moves, start } = definition;
  const arrows = moves.flatMap(({ move, from, to, by }) => {
    const who = by.map((role) => called('roles', role)).join(', ');
    return from.map((stage) => [stage, to, `${called('moves', move)} (${who})`] as const);
  });
  return [
    'stateDiagram-v2',
    ...stages.map(({ stage }) => `  state "${called('stages', stage)}" as ${identifierOf(stage)}`),
    `  [*] --> ${identifierOf(start)}`,
    ...arrows.map(
      ([from, to, label]) => `  ${identifierOf(from)} --> ${identifierOf(to)} : ${label}`,
    ),
    ...stages.filter(({ final }) => final).map(({ stage }) => `  ${identifierOf(stage)} --> [*]`),
    '',
  ].join('\n');
}
