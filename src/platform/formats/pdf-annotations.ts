import {
  PDFArray,
  PDFDict,
  PDFName,
  PDFNumber,
  PDFPageLeaf,
  PDFRef,
  PDFStream,
  PDFString,
  type PDFContext,
  type PDFDocument,
  type PDFObject,
} from '@cantoo/pdf-lib';
import type { Findings } from './findings.js';
import { FormatRefused } from './format-refused.js';
import { entry, namesOf, textOf } from './pdf-findings.js';
import { cleanLayer } from './pdf-layers.js';
import { ATTACHMENTS } from './pdf-rules.js';

/** A link of a page: to an address on the web, or to another page. */
export interface Link {
  readonly rectangle: number[];
  readonly address?: string;
  readonly page?: PDFRef;
}

const HIDDEN = 0b100010;

const numbersOf = (value: PDFObject | undefined): number[] =>
  value instanceof PDFArray
    ? Array.from({ length: value.size() }, (_, at) => {
        const number = value.lookup(at);
        return number instanceof PDFNumber ? number.asNumber() : 0;
      })
    : [];

/**
 * Draws the fields of forms into their page as they look, tells what else is noted on it, and
 * takes all of it off the page.
 *
 * @returns the links, to be written anew
 */
export function liftAnnotations(
  document: PDFDocument,
  page: PDFPageLeaf,
  where: string,
  found: Findings,
): Link[] {
  const links: Link[] = [];
  const drawn: string[] = [];
  const all = page.Annots();
  const count = all?.size() ?? 0;
  for (let at = 0; at < count; at += 1) {
    const annotation = all!.lookup(at);
    if (!(annotation instanceof PDFDict)) continue;
    const kind = textOf(entry(annotation, 'Subtype')) ?? '';
    const layer = entry(annotation, 'OC');
    if (layer instanceof PDFDict) cleanLayer(layer, found);
    if (kind === 'Link') {
      const link = linkOf(document, annotation, where, found);
      if (link) links.push(link);
    } else if (kind === 'Widget') drawn.push(drawing(page, annotation, where, drawn.length));
    else if (ATTACHMENTS.has(kind))
      found.add('embedded-file', where, textOf(entry(annotation, 'Contents')) ?? kind);
    else if (kind !== 'Popup') {
      const said = [entry(annotation, 'T'), entry(annotation, 'Contents')].map(textOf);
      found.add('comment', where, said.filter(Boolean).join(': ') || kind);
    }
    if (entry(annotation, 'AA')) found.add('script', where);
  }
  page.delete(PDFName.of('Annots'));
  const operators = drawn.filter((each) => each !== '').join('\n');
  if (operators !== '') {
    const { context } = document;
    const [start, end] = [context.stream('q\n'), context.stream(`\nQ\n${operators}\n`)];
    page.wrapContentStreams(context.register(start), context.register(end));
  }
  return links;
}

/** Operators that draw a field where it stands (ISO 32000-1, 12.5.5). */
function drawing(page: PDFPageLeaf, widget: PDFDict, where: string, count: number): string {
  const flags = entry(widget, 'F');
  if (flags instanceof PDFNumber && flags.asNumber() & HIDDEN) return '';
  const normal =
    entry(widget, 'AP') instanceof PDFDict ? entry(entry(widget, 'AP') as PDFDict, 'N') : undefined;
  const state = textOf(entry(widget, 'AS'));
  const look = normal instanceof PDFDict && state !== undefined ? entry(normal, state) : normal;
  if (!(look instanceof PDFStream)) {
    const value = entry(widget, 'V') ?? inherited(widget, 'V');
    if (normal instanceof PDFDict || !textOf(value)) return '';
    throw new FormatRefused('unscrubbable', { part: where, mend: 'print the form to a new PDF' });
  }
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = numbersOf(entry(widget, 'Rect'));
  const box = numbersOf(entry(look.dict, 'BBox'));
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbersOf(entry(look.dict, 'Matrix'));
  const [left = 0, bottom = 0, right = 0, top = 0] = box;
  const corners = [left, right].flatMap((x) =>
    [bottom, top].map((y) => [a * x + c * y + e, b * x + d * y + f] as const),
  );
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [width, height] = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)];
  if (width === 0 || height === 0) return '';
  const [sx, sy] = [Math.abs(x2 - x1) / width, Math.abs(y2 - y1) / height];
  const [tx, ty] = [
    Math.min(x1, x2) - Math.min(...xs) * sx,
    Math.min(y1, y2) - Math.min(...ys) * sy,
  ];
  const name = PDFName.of(`ComityField${count}`);
  look.dict.set(PDFName.of('Type'), PDFName.of('XObject'));
  look.dict.set(PDFName.of('Subtype'), PDFName.of('Form'));
  page.setXObject(name, page.context.getObjectRef(look) ?? page.context.register(look));
  return `q ${[sx, 0, 0, sy, tx, ty].map((n) => n.toFixed(5)).join(' ')} cm ${name.toString()} Do Q`;
}

function inherited(field: PDFDict, name: string): PDFObject | undefined {
  let each = entry(field, 'Parent');
  for (let far = 0; each instanceof PDFDict && far < 50; far += 1) {
    const value = entry(each, name);
    if (value) return value;
    each = entry(each, 'Parent');
  }
  return undefined;
}

function linkOf(
  document: PDFDocument,
  annotation: PDFDict,
  where: string,
  found: Findings,
): Link | undefined {
  const rectangle = numbersOf(entry(annotation, 'Rect'));
  const action = entry(annotation, 'A');
  const kind = action instanceof PDFDict ? textOf(entry(action, 'S')) : undefined;
  if (action instanceof PDFDict && kind === 'URI') {
    const address = textOf(entry(action, 'URI')) ?? '';
    if (/^(https?|mailto):/i.test(address)) return { rectangle, address };
    found.add('property', where, address);
    return undefined;
  }
  const goal =
    action instanceof PDFDict && kind === 'GoTo' ? entry(action, 'D') : entry(annotation, 'Dest');
  const page = pageOf(document, goal);
  if (page) return { rectangle, page };
  if (kind === 'JavaScript')
    found.add('script', where, textOf(entry(action as PDFDict, 'JS')) ?? null);
  else if (kind !== undefined && kind !== 'GoTo')
    found.add('property', where, `link: ${kind} ${fileOf(action as PDFDict)}`);
  return undefined;
}

function fileOf(action: PDFDict): string {
  const file = entry(action, 'F');
  return textOf(file instanceof PDFDict ? (entry(file, 'UF') ?? entry(file, 'F')) : file) ?? '';
}

function pageOf(document: PDFDocument, goal: PDFObject | undefined): PDFRef | undefined {
  let found = goal;
  const name = textOf(goal);
  if (name !== undefined) {
    const [old, names] = [entry(document.catalog, 'Dests'), entry(document.catalog, 'Names')];
    const tree = names instanceof PDFDict ? entry(names, 'Dests') : undefined;
    found =
      (old instanceof PDFDict ? entry(old, name) : undefined) ??
      namesOf(tree).find(([key]) => key === name)?.[1];
  }
  if (found instanceof PDFDict) found = entry(found, 'D');
  const page = found instanceof PDFArray && found.size() > 0 ? found.get(0) : undefined;
  return page instanceof PDFRef ? page : undefined;
}

/** Writes links on a page of the copy. */
export function writeLinks(
  context: PDFContext,
  page: PDFPageLeaf,
  links: readonly Link[],
  pageInCopy: (page: PDFRef) => PDFRef | undefined,
): void {
  const written = links.flatMap(({ rectangle, address, page: goal }) => {
    const target = goal && pageInCopy(goal);
    if (address === undefined && !target) return [];
    const where =
      address === undefined
        ? { Dest: [target!, 'Fit'] }
        : { A: { S: 'URI', URI: PDFString.of(escaped(address)) } };
    const link = context.obj({
      Type: 'Annot',
      Subtype: 'Link',
      Rect: rectangle,
      Border: [0, 0, 0],
      ...where,
    });
    return [context.register(link)];
  });
  if (written.length > 0) page.set(PDFName.of('Annots'), context.obj(written));
}

const escaped = (text: string): string => text.replaceAll(/[\\()]/g, (sign) => `\\${sign}`);
