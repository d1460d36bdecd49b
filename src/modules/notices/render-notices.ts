import { Inject, Injectable } from '@nestjs/common';
import { join } from 'node:path';
import { Environment } from '../../config/environment.js';
import type { Language } from '../../platform/labels/languages.js';
import { PLATFORM_LABELS } from '../../platform/labels/platform-labels.js';
import { MechanismsService } from '../mechanisms/index.js';
import { loadNotices, type Notices } from './load-notices.js';
import { loadWords } from './load-words.js';
import type { NoticeWords } from './notice-words.rules.js';
import { presentNotice } from './notices.presenter.js';
import type { NoticeRow } from './notices.repository.js';
import type { NoticeAnswer } from './notices.schemas.js';

/** Who is told of what, and in which words: read and checked at start. */
@Injectable()
export class RenderNotices {
  readonly all: readonly Notices[];
  readonly #words: readonly NoticeWords[];

  constructor(
    private readonly mechanisms: MechanismsService,
    @Inject(Environment) { mechanismsDir }: Pick<Environment, 'mechanismsDir'>,
  ) {
    const events = Object.keys(PLATFORM_LABELS['journal-events'] ?? {});
    const ground = { definitions: mechanisms.all(), events };
    const folder = join(mechanismsDir, 'notices');
    this.all = loadNotices(folder, ground);
    const told = this.all.map(({ mechanism }) => mechanism);
    this.#words = loadWords(join(folder, 'words'), { ...ground, told });
  }

  /** What a mechanism says of who is told of what, and reminded; undefined where it tells nobody. */
  of(mechanism: string): Notices | undefined {
    return this.all.find((each) => each.mechanism === mechanism);
  }

  /**
   * A notice as its recipient reads it.
   *
   * @param zone in whose time its words tell instants; UTC where nobody's is known
   */
  render(
    row: NoticeRow,
    { language, zone = 'UTC' }: { readonly language: Language; readonly zone?: string },
  ): NoticeAnswer {
    const definition = this.mechanisms.definition(row.mechanism, row.mechanismVersion);
    const labels = definition ? this.mechanisms.vocabularies(definition) : {};
    const words = this.#words.find(({ mechanism }) => mechanism === row.mechanism);
    return presentNotice(row, { labels, words, language, zone });
  }
}
