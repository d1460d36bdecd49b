import {
  EncryptedPDFError,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFObjectCopier,
  PDFPage,
  PDFPageLeaf,
  PDFRawStream,
  PDFRef,
  PDFString,
  type PDFObject,
} from '@cantoo/pdf-lib';
import type { Finding } from './finding.js';
import { Findings } from './findings.js';
import { FormatRefused } from './format-refused.js';
import { liftAnnotations, writeLinks, type Link } from './pdf-annotations.js';
import { dictOf, entry, keepOnly, tellDocument, tellXmp, textOf } from './pdf-findings.js';
import { cleanImage, cleanProfile } from './pdf-images.js';
import { cleanLayer, layersOf } from './pdf-layers.js';
import * as rules from './pdf-rules.js';

/**
 * A copy of a PDF that holds its pages and what they are drawn with: a new document, so that
 * earlier revisions, properties, scripts and files have no place in it.
 */
export async function scrubPdf(bytes: Buffer): Promise<{ bytes: Buffer; found: Finding[] }> {
  const found = new Findings();
  try {
    const source = await PDFDocument.load(bytes, { updateMetadata: false });
    tellDocument(source, bytes, found);
    const copy = await PDFDocument.create({ updateMetadata: false });
    copyPages(source, copy, found);
    const saved = await copy.save({ addDefaultPage: false, updateFieldAppearances: false });
    return { bytes: Buffer.from(saved), found: found.list() };
  } catch (error) {
    if (error instanceof FormatRefused) throw error;
    if (error instanceof EncryptedPDFError) throw new FormatRefused('encrypted-file');
    throw new FormatRefused('damaged-file', { reason: 'pdf' });
  }
}

function copyPages(source: PDFDocument, copy: PDFDocument, found: Findings): void {
  const layers = layersOf(source, found);
  const copier = PDFObjectCopier.for(source.context, copy.context);
  const pages = source.getPages().map((page, at) => ({ page, where: `page ${at + 1}` }));
  const links = new Map<PDFRef, Link[]>();
  for (const { page, where } of pages) {
    flatten(page.node);
    links.set(page.ref, liftAnnotations(source, page.node, where, found));
    if (entry(page.node, 'Thumb')) found.add('thumbnail', where);
    if (entry(page.node, 'PieceInfo')) found.add('property', where, 'PieceInfo');
    if (entry(page.node, 'AA')) found.add('script', where);
    tellXmp(entry(page.node, 'Metadata'), where, found);
    keepOnly(page.node, rules.PAGE);
    clean(page.node, where, found);
  }
  const places = new Map<PDFRef, PDFRef>();
  const copied = pages.map(({ page }) => {
    const node = copier.copy(page.node);
    const ref = copy.context.register(node);
    places.set(page.ref, ref);
    return { node, ref, links: links.get(page.ref)! };
  });
  for (const { node, ref, links: own } of copied) {
    copy.addPage(PDFPage.of(node, ref, copy));
    writeLinks(copy.context, node, own, (page) => places.get(page));
  }
  if (layers) copy.catalog.set(PDFName.of('OCProperties'), copier.copy(layers));
  const language = textOf(entry(source.catalog, 'Lang'));
  if (language && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language)) {
    copy.catalog.set(PDFName.of('Lang'), PDFString.of(language));
  }
}

/** What a page has from the nodes above it becomes its own. */
function flatten(page: PDFPageLeaf): void {
  for (const name of PDFPageLeaf.InheritableEntries) {
    const key = PDFName.of(name);
    const value = page.getInheritableAttribute(key);
    if (value && !page.get(key)) page.set(key, value);
  }
}

/** Takes out of everything that a page is drawn with what does not draw. */
function clean(page: PDFPageLeaf, where: string, found: Findings): void {
  const { context } = page;
  const seen = new Set<PDFObject>([page]);
  const open: PDFObject[] = [];
  const visit = (value: PDFObject | undefined) => {
    if (value && !seen.has(value) && (value instanceof PDFArray || dictOf(value))) {
      seen.add(value);
      open.push(value);
    }
  };
  for (const [key, value] of page.entries()) {
    if (key.decodeText() !== 'Parent') visit(context.lookup(value));
  }
  for (let each = open.pop(); each; each = open.pop()) {
    if (each instanceof PDFArray) {
      cleanProfile(each, where, found);
      for (let at = 0; at < each.size(); at += 1) visit(each.lookup(at));
      continue;
    }
    const dict = dictOf(each)!;
    cleanDict(dict, where, found);
    if (each instanceof PDFRawStream) {
      for (const name of rules.OUTSIDE) dict.delete(PDFName.of(name));
      cleanImage(each, where, found);
    }
    for (const [key, value] of dict.entries()) {
      const target = context.lookup(value);
      const type = target instanceof PDFDict ? textOf(entry(target, 'Type')) : undefined;
      if (type !== undefined && /^(Pages?|Catalog|StructTreeRoot|StructElem)$/.test(type))
        dict.delete(key);
      else visit(target);
    }
  }
}

function cleanDict(dict: PDFDict, where: string, found: Findings): void {
  cleanLayer(dict, found);
  tellXmp(entry(dict, 'Metadata'), where, found);
  if (entry(dict, 'PieceInfo')) found.add('property', where, 'PieceInfo');
  const kind = textOf(entry(dict, 'Subtype'));
  if (kind === 'Image') keepOnly(dict, rules.IMAGE);
  else if (kind === 'Form') keepOnly(dict, rules.FORM);
  else for (const key of dict.keys()) if (rules.DROPPED.has(key.decodeText())) dict.delete(key);
}
