import type { Definition } from './definition.js';
import { flaw, type Flaw } from './soundness-names.js';

/** The stages that moves lead to from `start`, itself among them. */
export const reachableFrom = (definition: Definition, start: string): ReadonlySet<string> => {
  const reached = new Set([start]);
  for (const stage of reached) {
    for (const move of definition.moves) if (move.from.includes(stage)) reached.add(move.to);
  }
  return reached;
};

/** Every stage can be reached; what is not final can be left, what is final cannot. */
export const graphFlaws = (definition: Definition): Flaw[] => {
  const reached = reachableFrom(definition, definition.start);
  return definition.stages.flatMap(({ stage, final }, index) => {
    const path = ['stages', index];
    const left = definition.moves.some((move) => move.from.includes(stage));
    return [
      ...(reached.has(stage) ? [] : [flaw(path, `“${stage}” cannot be reached from the start`)]),
      ...(final || left ? [] : [flaw(path, `“${stage}” is not final, and no move leaves it`)]),
      ...(final && left ? [flaw(path, `“${stage}” is final, and a move leaves it`)] : []),
    ];
  });
};
