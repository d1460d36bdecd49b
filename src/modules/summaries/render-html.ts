import { ANNEX, type Block, type Printed, type Run } from './printed.rules.js';

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => SIGNS[sign]!);

const reference = (note: number): string =>
  `<sup><a href="#note-${note}" id="of-${note}">${note}</a></sup>`;
const run = (each: Run): string => ('words' in each ? escaped(each.words) : reference(each.note));

const block = (each: Block): string => {
  if (each.kind === 'paragraph') {
    return `<p id="paragraph-${each.number}">${each.number}. ${each.runs.map(run).join('')}</p>`;
  }
  const level = Math.min(each.level + 1, 6);
  return `<h${level}>${escaped(each.text)}</h${level}>`;
};

/** A whole page, which asks for nothing from anywhere. */
export function renderHtml({ masthead, title, subtitle, blocks, notes, list }: Printed): string {
  const heads = masthead.map((line) => `<p>${escaped(line)}</p>`);
  const groups = list.flatMap(({ heading, entries }) => [
    `<h3>${escaped(heading)}</h3>`,
    '<dl>',
    ...entries.map(({ mark, text }) => `<dt>${escaped(mark)}</dt><dd>${escaped(text)}</dd>`),
    '</dl>',
  ]);
  const told = notes.map(
    (text, index) =>
      `<li id="note-${index + 1}">${escaped(text)} <a href="#of-${index + 1}">↑</a></li>`,
  );
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title></head><body>`,
    `<header>${heads.join('')}</header>`,
    `<h1>${escaped(title)}</h1><p>${escaped(subtitle)}</p>`,
    ...blocks.map(block),
    ...(groups.length > 0 ? [`<h2>${ANNEX}</h2>`, ...groups] : []),
    ...(told.length > 0 ? ['<h2>Notes</h2>', `<ol>${told.join('\n')}</ol>`] : []),
    '</body></html>',
    '',
  ].join('\n');
}
