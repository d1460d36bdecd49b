import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FORMATS, type Format } from '../../src/platform/formats/format.js';
import { writeZip } from '../../src/platform/formats/zip.js';
import * as word from '../factories/word.js';
import * as open from '../factories/open-document.js';
import { launching, pdf, scripted } from '../factories/pdf-pages.js';
import { openReport, pdfReport, wordReport } from '../factories/reports.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';

describe('files are refused by name, and nothing is stored:', () => {
  let world: World;
  let ledger: Ledger;
  let folder: string;
  let slovenia: Client;
  let url: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-refused-'));
    world = await World.build('2026-09-01T09:00:00Z', { COMITY_FILES: folder });
    ledger = await Ledger.open(world.api);
    const review = await world.review('SVN');
    slovenia = await world.delegation('SVN');
    const body = { kind: 'national-report', title: 'A report' };
    const begun = await slovenia.post(`/v1/reviews/${review}/documents`, body).expect(201);
    url = `/v1/documents/${(begun.body as { id: string }).id}/content`;
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const stored = async (): Promise<number> =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile())
      .length;

  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => `${(i * 7919) % 999_983} words`).join(' ');
  const cases: [string, Format | undefined, () => Promise<Buffer>, [number, string, object?]][] = [
    [
      'a truncated DOCX',
      'docx',
      async () => (await wordReport).subarray(0, 900),
      [422, 'damaged-file'],
    ],
    [
      'a truncated ODT',
      'odt',
      async () => (await openReport).subarray(0, 700),
      [422, 'damaged-file'],
    ],
    [
      'a truncated PDF',
      'pdf',
      async () => (await pdfReport).subarray(0, 400),
      [422, 'damaged-file'],
    ],
    [
      'a program called a PDF',
      'pdf',
      async () => Buffer.from(`MZ\x90\0\x03${'\0'.repeat(80)}`, 'latin1'),
      [415, 'executable-file'],
    ],
    [
      'a script called a PDF',
      'pdf',
      async () => Buffer.from('#!/bin/sh\nls\n'),
      [415, 'executable-file'],
    ],
    [
      'a DOCX called an ODT',
      'odt',
      () => wordReport,
      [415, 'type-differs', { facts: { declared: FORMATS.odt, found: FORMATS.docx } }],
    ],
    [
      'any other archive',
      undefined,
      () => writeZip([['a.txt', Buffer.from('a')]]),
      [415, 'unsupported-type'],
    ],
    [
      'a bomb',
      'docx',
      () => word.docx({ body: '', more: { 'word/x.bin': Buffer.alloc(60_000_000) } }),
      [422, 'zip-bomb'],
    ],
    [
      'ten megabytes of text',
      'text',
      async () => Buffer.from('ten words '.repeat(1_000_000)),
      [413, 'text-too-long'],
    ],
    [
      'ten megabytes of text in a small DOCX',
      'docx',
      () => word.plainDocx(many(900_000)),
      [413, 'text-too-long'],
    ],
    [
      'an encrypted PDF',
      'pdf',
      () =>
        pdf([{ lines: ['Words'] }], {
          finish: (document) => document.encrypt({ userPassword: 'a', ownerPassword: 'b' }),
        }),
      [422, 'encrypted-file'],
    ],
    [
      'macros in a DOCX',
      'docx',
      () => word.docx({ body: '', more: { 'word/vbaProject.bin': 'x' } }),
      [422, 'active-content'],
    ],
    [
      'macros in an ODT',
      'odt',
      () => open.odt({ body: '', more: { 'Basic/Standard/M.xml': '<x/>' } }),
      [422, 'active-content'],
    ],
    [
      'a script in a PDF',
      'pdf',
      () => pdf([{ lines: ['Words'] }], { finish: scripted }),
      [422, 'active-content'],
    ],
    [
      'a program to start in a PDF',
      'pdf',
      () => pdf([{ lines: ['Words'] }], { finish: launching }),
      [422, 'active-content'],
    ],
    [
      'a scan',
      'pdf',
      () => pdf([{ lines: [] }, { lines: [] }]),
      [422, 'no-text-layer', { facts: { pages: 2, words: 0 } }],
    ],
    [
      'a document nested without end',
      'docx',
      () => word.docx({ body: '<w:p>'.repeat(9_000) + '</w:p>'.repeat(9_000) }),
      [422, 'document-too-complex'],
    ],
    ['a DOCX without words', 'docx', () => word.plainDocx(' '), [422, 'empty-file']],
  ];
  it.each(cases)('%s', async (_, format, make, [status, code, more = {}]) => {
    const bytes = await make();
    const before = await stored();
    const type = format ? FORMATS[format] : 'application/octet-stream';
    const call = slovenia.upload(url, bytes, { version: 1, type });
    await expectRefused(ledger, call, status, code, more);
    expect(await stored()).toBe(before);
  });
});
