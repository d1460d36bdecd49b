import { countWords } from '../../platform/formats/count-words.js';
import { linesOf, type Block, type Printed } from '../../platform/print/printed.js';
import { Labels, recommendingStates, type Listed } from './labels.rules.js';
import type { DocumentLayout, SectionLayout } from './load-layouts.js';

/** A paragraph written by hand, as it stands. */
interface Written {
  readonly id: string;
  readonly section: string;
  readonly text: string;
  readonly version: number;
}

/** Everything that a text is composed from. */
export interface ReportDraft<W extends Written = Written> {
  readonly document: DocumentLayout;
  /** Printed above the title. */
  readonly masthead: readonly string[];
  /** What stands in braces, by name; null where nobody has said it. */
  readonly particulars: Readonly<Record<string, string | null>>;
  /** Documents that were issued: kind, and symbol. */
  readonly issued: readonly { readonly kind: string; readonly symbol: string | null }[];
  /** In the order of their labels, and those without in the order in which they came. */
  readonly recommendations: readonly Listed[];
  /** What was split, of which the parts are listed. */
  readonly wholes: readonly { readonly id: string; readonly label: string | null }[];
  readonly pledges: readonly string[];
  /** Within each section in their order. */
  readonly paragraphs: readonly W[];
}

interface Item {
  readonly mark: string;
  readonly text: string;
  readonly recommendationId: string | null;
}

/** A paragraph as it is printed. */
export interface Composed<W> {
  readonly number: number | null;
  readonly text: string;
  /** By hand; null: the platform composed it. */
  readonly written: W | null;
  readonly items: readonly Item[];
}

interface ComposedSection<W> {
  readonly section: string;
  readonly heading: string | null;
  /** Of the heading, from 1. */
  readonly level: number;
  /** Whether paragraphs may be written in it. */
  readonly open: boolean;
  readonly paragraphs: readonly Composed<W>[];
}

export interface Composition<W = Written> extends Printed {
  readonly sections: readonly ComposedSection<W>[];
  /** Of each recommendation the label that it has, and the one that its place gives it. */
  readonly labels: readonly { id: string; label: string | null; proposed: string }[];
  /** Particulars that are printed and that nobody has said. */
  readonly blanks: readonly string[];
  /** As they will be counted when it is handed in. */
  readonly words: number;
}

const BLANK = '[…]';

/** Composes a draft: numbers of paragraphs, labels, headings, the annex, and the words. */
export function compose<W extends Written>(draft: ReportDraft<W>): Composition<W> {
  const writing = new Writing(draft);
  const { document, masthead, paragraphs } = draft;
  const sections = document.sections.map((section) => writing.section(section));
  const { annex } = document;
  const members = paragraphs.filter(({ section }) => section === annex?.section);
  if (annex) {
    const listed = members.map((each) => writing.unnumbered(each));
    sections.push({ ...annex, level: 1, open: true, paragraphs: listed });
  }
  const entries = members.map(({ text }) => ({ mark: '•', text }));
  const printed: Printed = {
    masthead,
    title: writing.filled(document.title),
    subtitle: writing.filled(document.subtitle),
    blocks: sections.filter(({ section }) => section !== annex?.section).flatMap(blocksOf),
    notes: [],
    annex: {
      heading: annex?.heading ?? '',
      groups: entries.length > 0 ? [{ heading: '', entries }] : [],
    },
  };
  return {
    ...printed,
    sections,
    labels: writing.labels.all(),
    blanks: [...writing.blanks],
    words: countWords(linesOf(printed)).words,
  };
}

function blocksOf<W>({ heading, level, paragraphs }: ComposedSection<W>): Block[] {
  const blocks: Block[] = heading === null ? [] : [{ kind: 'heading', level, text: heading }];
  for (const { number, text, items } of paragraphs) {
    blocks.push({ kind: 'paragraph', mark: `${number}.`, runs: [{ words: text }] });
    for (const item of items) {
      blocks.push({ kind: 'paragraph', mark: item.mark, runs: [{ words: item.text }] });
    }
  }
  return blocks;
}

/** Writes paragraphs down in their order, and numbers them. */
class Writing<W extends Written> {
  readonly blanks = new Set<string>();
  readonly labels: Labels;
  private number = 0;

  constructor(private readonly draft: ReportDraft<W>) {
    this.labels = new Labels(draft.recommendations, draft.wholes);
  }

  section(layout: SectionLayout): ComposedSection<W> {
    const { section, heading, level, written } = layout;
    const own = this.draft.paragraphs.filter((each) => each.section === section);
    const byHand = () => own.map((each) => ({ ...this.unnumbered(each), number: this.next() }));
    const first = written === 'before' ? byHand() : [];
    const composed = this.composed(layout);
    const paragraphs = [...first, ...composed, ...(written === 'after' ? byHand() : [])];
    const title = heading === undefined ? null : this.filled(heading);
    return { section, heading: title, level, open: written !== undefined, paragraphs };
  }

  unnumbered(written: W): Composed<W> {
    return { number: null, text: written.text, written, items: [] };
  }

  /** With its particulars in place of their names. */
  filled(text: string, more: Readonly<Record<string, string | null>> = {}): string {
    return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = { ...this.draft.particulars, ...more }[name] ?? null;
      if (value === null) this.blanks.add(name);
      return value ?? BLANK;
    });
  }

  private next(): number {
    this.number += 1;
    return this.number;
  }

  private composed({ composed, groups, pledges, answers }: SectionLayout): Composed<W>[] {
    const texts = composed
      .filter(({ when }) => when === undefined || this.draft.particulars[when])
      .map(({ text, items }) => this.lead(this.filled(text), this.issued(items)));
    const lists = groups.flatMap(({ group, lead }) => {
      const members = this.draft.recommendations.filter(
        ({ room }) => (room ?? 'pending') === group,
      );
      if (members.length === 0) return [];
      const composition = this.lead(this.filled(lead), []);
      return [{ ...composition, items: this.listed(members, composition.number) }];
    });
    return [...texts, ...lists, ...this.pledges(pledges), ...this.answers(answers)];
  }

  private lead(text: string, items: readonly Item[]): Composed<W> & { readonly number: number } {
    return { number: this.next(), text, written: null, items };
  }

  /** `(a)`, `(b)` and so on; of what was not issued nothing. */
  private issued(items: readonly { readonly document: string; readonly text: string }[]): Item[] {
    const there = items.flatMap(({ document, text }) => {
      const issued = this.draft.issued.find(({ kind }) => kind === document);
      return issued ? [this.filled(text, { symbol: issued.symbol })] : [];
    });
    return there.map((text, index) => {
      const end = index === there.length - 1 ? '.' : ';';
      const mark = `(${String.fromCodePoint(97 + index)})`;
      return { mark, text: `${text}${end}`, recommendationId: null };
    });
  }

  private listed(members: readonly Listed[], paragraph: number): Item[] {
    const { recommenders } = this.draft.document;
    return members.map((each, index) => {
      const mark = this.labels.give(each, paragraph);
      const states = recommendingStates(each.states, recommenders);
      const words = [each.text.replace(/[\s.;]+$/, ''), states].filter((part) => part !== '');
      const end = index === members.length - 1 ? '.' : ';';
      return { mark, text: `${words.join(' ')}${end}`, recommendationId: each.id };
    });
  }

  private pledges(lead: string | undefined): Composed<W>[] {
    const { pledges } = this.draft;
    if (lead === undefined || pledges.length === 0) return [];
    const composition = this.lead(this.filled(lead), []);
    const items = pledges.map((text, index) => {
      return { mark: `${composition.number}.${index + 1}`, text, recommendationId: null };
    });
    return [{ ...composition, items }];
  }

  private answers(answers: SectionLayout['answers']): Composed<W>[] {
    // What was answered in the room stands in the report, unless it was answered anew.
    const members = this.draft.recommendations.filter(
      ({ answer, room }) => answer === answers?.group && answer !== room,
    );
    if (!answers || members.length === 0) return [];
    const labels = members.map(({ label }) => label ?? BLANK).join(', ');
    const items = members.map(({ id, label, stated, comment }) => {
      const said = [this.filled(answers.entry), stated, comment].filter((part) => part !== null);
      return { mark: label ?? BLANK, text: said.join(' '), recommendationId: id };
    });
    return [this.lead(this.filled(answers.lead, { labels }), items)];
  }
}
