import { describe, expect, it } from '@jest/globals';
import { PDFName } from '@cantoo/pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { layeredPdf, type Layers } from '../../../test/factories/layered-pdf.js';
import { read } from '../../../test/factories/opened-pdf.js';
import { scrub } from './scrub.js';

describe('layers of a PDF', () => {
  const two = ['Map', 'Draft of Novak'];
  const plainly = { names: two, shown: () => ({}) };
  const inView = (layers: readonly unknown[]) => [
    { Event: 'View', Category: ['View'], OCGs: layers },
  ];

  it.each<[string, Layers]>([
    ['turned off', { names: two, shown: ([, draft]) => ({ OFF: [draft] }) }],
    [
      'not turned on, where all are off',
      { names: two, shown: ([map]) => ({ BaseState: 'OFF', ON: [map] }) },
    ],
    [
      'turned off in viewers',
      {
        names: two,
        shown: (layers) => ({ AS: inView(layers) }),
        usage: { View: { ViewState: 'OFF' } },
      },
    ],
    [
      'drawn where others are off',
      { ...plainly, membership: (layers) => ({ Type: 'OCMD', OCGs: layers, P: 'AllOff' }) },
    ],
    [
      'drawn where one is not on',
      { ...plainly, membership: ([map]) => ({ Type: 'OCMD', VE: ['And', ['Not', map]] }) },
    ],
  ])('%s: the file is refused by name', async (_, layers) => {
    await expect(scrub('pdf', await layeredPdf(layers))).rejects.toMatchObject({
      code: 'unscrubbable',
      facts: { part: expect.stringMatching(/^hidden layer/), mend: expect.any(String) },
    });
  });

  it('that are shown stay, without what they are called', async () => {
    const original = await layeredPdf({
      names: ['Map', 'Rivers'],
      shown: (layers) => ({ BaseState: 'OFF', ON: layers, Name: PDFName.of('Novak') }),
    });
    const { bytes, found } = await scrub('pdf', original);
    expect((await read(bytes)).text).toEqual(['Always.Map line.Rivers line.']);
    expect(found.filter(({ where }) => where === 'layers').map(({ value }) => value)).toEqual([
      'Map',
      'Rivers',
    ]);
    const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
    const config = await (await task.promise).getOptionalContentConfig();
    const groups = Array.from(config, ([, group]) => group as { name: string; visible: boolean });
    expect(groups.map(({ name, visible }) => [name, visible])).toEqual([
      ['Layer 1', true],
      ['Layer 2', true],
    ]);
    await task.destroy();
    expect((await scrub('pdf', bytes)).found).toEqual([]);
  });
});
