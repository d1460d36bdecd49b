import {
  PDFArray,
  PDFDict,
  PDFName,
  PDFString,
  type PDFDocument,
  type PDFObject,
} from '@cantoo/pdf-lib';
import type { Findings } from './findings.js';
import { FormatRefused } from './format-refused.js';
import { entry, keepOnly, textOf } from './pdf-findings.js';

const GROUP = new Set(['Type', 'Name', 'Intent']);
const LAYER = /^Layer \d+$/;
const NAME = PDFName.of('Name');

/** Any viewer can show it, and it can't be told from what is drawn with it: nobody gets a copy. */
const hidden = (name: string | undefined) =>
  new FormatRefused('unscrubbable', {
    part: `hidden layer ${name ?? ''}`.trim(),
    mend: 'show the layer or delete it, and save the PDF anew',
  });

/**
 * The layers, all of them shown and without the names that somebody gave them.
 *
 * @throws FormatRefused for one that is hidden
 */
export function layersOf({ catalog, context }: PDFDocument, found: Findings): PDFDict | undefined {
  const all = entry(catalog, 'OCProperties');
  const [groups, shown] = all instanceof PDFDict ? [entry(all, 'OCGs'), entry(all, 'D')] : [];
  if (!(groups instanceof PDFArray) || !(shown instanceof PDFDict)) return undefined;
  const [off, on] = [listOf(entry(shown, 'OFF')), listOf(entry(shown, 'ON'))];
  const isOffUnlessOn = textOf(entry(shown, 'BaseState')) === 'OFF';
  const onEvents = listOf(entry(shown, 'AS')).map((each) => context.lookup(each));
  const listed = new Set([...groups.asArray(), ...off]);
  [...listed].forEach((ref, at) => {
    const group = context.lookup(ref);
    if (!(group instanceof PDFDict)) return;
    const isHidden =
      off.includes(ref) ||
      (isOffUnlessOn && !on.includes(ref)) ||
      onEvents.some((event) => hidesFromView(event, ref, group));
    if (isHidden) throw hidden(textOf(entry(group, 'Name')));
    forgetName(group, `Layer ${at + 1}`, found);
  });
  return context.obj({ OCGs: groups, D: {} });
}

const listOf = (list: PDFObject | undefined): PDFObject[] =>
  list instanceof PDFArray ? list.asArray() : [];

/** Whether a viewer turns it off by itself: what is for paper alone, say. */
function hidesFromView(event: PDFObject | undefined, ref: PDFObject, group: PDFDict): boolean {
  if (!(event instanceof PDFDict) || textOf(entry(event, 'Event')) !== 'View') return false;
  if (!listOf(entry(event, 'OCGs')).includes(ref)) return false;
  const usage = entry(group, 'Usage');
  const view = usage instanceof PDFDict ? entry(usage, 'View') : undefined;
  return view instanceof PDFDict && textOf(entry(view, 'ViewState')) === 'OFF';
}

function forgetName(group: PDFDict, name: string, found: Findings): void {
  const said = textOf(entry(group, 'Name')) ?? '';
  if (!LAYER.test(said)) found.add('property', 'layers', said);
  keepOnly(group, GROUP);
  group.set(NAME, PDFString.of(name));
}

/**
 * Of what a page is drawn with: the name of a layer that is nowhere listed goes too. What is
 * drawn by a membership of layers is shown where some of them are, or where none is.
 *
 * @throws FormatRefused where nothing is shown while all layers are
 */
export function cleanLayer(dict: PDFDict, found: Findings): void {
  const type = textOf(entry(dict, 'Type'));
  if (type === 'OCG' && !LAYER.test(textOf(entry(dict, 'Name')) ?? '')) {
    forgetName(dict, 'Layer 0', found);
  }
  if (type !== 'OCMD') return;
  const policy = textOf(entry(dict, 'P')) ?? '';
  if (/^(AllOff|AnyOff)$/.test(policy) || negates(entry(dict, 'VE'))) throw hidden(undefined);
}

const negates = (expression: PDFObject | undefined, depth = 0): boolean =>
  expression instanceof PDFArray &&
  expression.size() > 0 &&
  (depth > 20 ||
    textOf(expression.lookup(0)) === 'Not' ||
    Array.from({ length: expression.size() - 1 }, (_, at) => expression.lookup(at + 1)).some(
      (each) => negates(each, depth + 1),
    ));
