interface Paragraph {
  number: number | null;
  text: string;
  written: { id: string; by: string; version: number } | null;
  items: { mark: string; text: string }[];
}
export interface Report {
  version: number;
  words: number;
  limit: number;
  over: boolean;
  blanks: string[];
  relabelled: { id: string; label: string | null; proposed: string }[];
  sections: { section: string; heading: string | null; paragraphs: Paragraph[] }[];
}

/** One of its sections, as it is composed. */
export const section = ({ sections }: Report, name: string) =>
  sections.find((each) => each.section === name)!;

/** Of the conclusions: each paragraph, and what is listed under it. */
export const listed = (draft: Report) =>
  section(draft, 'conclusions').paragraphs.map(({ number, text, items }) => [
    number,
    text,
    ...items.map((each) => `${each.mark} ${each.text}`),
  ]);
