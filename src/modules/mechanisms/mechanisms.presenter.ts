import type { Definition } from '../../kernel/definition.js';
import { diagramOf } from './diagram.rules.js';
import { pinOf } from './mechanisms.rules.js';
import type { Labels } from './vocabulary.rules.js';

export const presentMechanism = (definition: Definition, labels: Labels) => ({
  ...pinOf(definition),
  title: labels['title']?.[definition.key] ?? definition.title,
});

export const presentVersion = (definition: Definition, labels: Labels) => ({
  ...presentMechanism(definition, labels),
  definition,
  labels,
  diagram: diagramOf(definition, labels),
});
