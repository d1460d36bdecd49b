import { describe, expect, it } from '@jest/globals';
import { odt, textP } from '../../../test/factories/open-document.js';
import { tellingDocx } from '../../../test/factories/telling-docx.js';
import { Words } from '../../../test/factories/words.js';
import { FORMATS } from './format.js';
import { inspect } from './inspect.js';

describe('the words kept for the search are those of the copy', () => {
  it('of a Word document: nothing planted beside its text is found by them', async () => {
    const words = new Words();
    const { copy, text } = await inspect(await tellingDocx(words.plant), FORMATS.docx);
    expect(copy).not.toBeNull();
    expect(text.trim()).not.toBe('');
    expect(words.places().length).toBeGreaterThan(10);
    expect(words.in(text)).toEqual([]);
  });

  it('of an ODT: a section that is not shown is not in them', async () => {
    const hidden = `<text:section text:name="S" text:display="none">${textP('Hidden source')}</text:section>`;
    const sent = await odt({ body: textP('Seen by all.') + hidden });
    const { text, found } = await inspect(sent, FORMATS.odt);
    expect(text.trim()).toBe('Seen by all.');
    expect(found.map(({ what }) => what)).toContain('hidden-text');
  });
});
