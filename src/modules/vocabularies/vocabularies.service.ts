import { Injectable } from '@nestjs/common';
import { inProject } from '../../config/project-root.js';
import { CODES } from '../../kernel/codes.js';
import type { Input } from '../../platform/http/operation.js';
import { pageOfAll } from '../../platform/http/paging.js';
import { readVocabularies, type Vocabulary } from '../../platform/labels/labels.js';
import { PLATFORM_LABELS } from '../../platform/labels/platform-labels.js';
import { found } from '../../platform/refused.js';
import { MechanismsService } from '../mechanisms/index.js';
import { presentSummary, presentVocabulary, type Named } from './vocabularies.presenter.js';
import type * as op from './vocabularies.schemas.js';

/** What codes are called: the platform's words, and those of the procedures that are loaded. */
@Injectable()
export class VocabulariesService {
  private readonly problems = readVocabularies(inProject('labels/problems.yaml'))['problems'] ?? {};
  private readonly said = readVocabularies(inProject('labels/classification.yaml'));

  /** By name. */
  private readonly all: readonly Named[];

  constructor(private readonly mechanisms: MechanismsService) {
    const every = [...this.ownVocabularies(), ...this.procedures()];
    this.all = every.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  list({ query, language }: Input<typeof op.listVocabularies>) {
    return pageOfAll(this.all, query, (each) => presentSummary(each, language));
  }

  get({ params, query, language }: Input<typeof op.getVocabulary>) {
    const vocabulary = found(this.all.find(({ name }) => name === params.name));
    return presentVocabulary(vocabulary, language, query.language === 'all');
  }

  private ownVocabularies(): Named[] {
    const own = { problems: this.refusals(), ...PLATFORM_LABELS, ...this.said };
    return Object.entries(own).map(([name, vocabulary]) =>
      this.named({ name, kind: name, mechanism: null, vocabulary }),
    );
  }

  private procedures(): Named[] {
    const all = new Map<string, Named>();
    for (const definition of this.mechanisms.all()) {
      const { key: mechanism } = definition;
      for (const [kind, words] of Object.entries(this.mechanisms.vocabularies(definition))) {
        const name = `${mechanism}.${kind}`;
        // A code of an older version is still in use where a proceeding was opened under it.
        const vocabulary = { ...all.get(name)?.vocabulary, ...words };
        all.set(name, this.named({ name, kind, mechanism, vocabulary }));
      }
    }
    return [...all.values()];
  }

  private named({ kind, ...rest }: Omit<Named, 'title'> & { readonly kind: string }): Named {
    return { ...rest, title: PLATFORM_LABELS['vocabularies']?.[kind] ?? { en: kind } };
  }

  /** Every code of the catalogue; its English title where nobody has labelled it. */
  private refusals(): Vocabulary {
    const words = [...CODES].map(([code, { title }]) => [
      code,
      this.problems[code] ?? { en: title },
    ]);
    return Object.fromEntries(words) as Vocabulary;
  }
}
