import { colourProfile } from './colour-profile.js';
import type { Plant } from './telling-docx.js';

const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');
const box = (type: string, ...contents: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(contents);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
};
const remark = (text: string): Buffer => {
  const head = hex('ff6400000001');
  head.writeUInt16BE(4 + text.length, 2);
  return Buffer.concat([head, Buffer.from(text)]);
};

/** Four grey pixels by four. */
export function codestream(plant: Plant): Buffer {
  const main = hex(
    'ff4fff51002900000000000400000004000000000000000000000004000000040000000000000000' +
      '0001070101ff52000c00000001000004040001ff5c00044040',
  );
  const tile = Buffer.concat([
    hex('ff90000a0000000000000001'),
    remark(plant('remark of a tile')),
    hex('ff93df8078116235b83006c2005e02400870d7df'),
  ]);
  tile.writeUInt32BE(tile.length, 6);
  return Buffer.concat([main, remark(plant('remark')), tile, hex('ffd9')]);
}

export const tellingJpeg2000 = (plant: Plant): Buffer =>
  Buffer.concat([
    box('jP  ', hex('0d0a870a')),
    box('ftyp', Buffer.from('jp2 \0\0\0\0jp2 ')),
    box(
      'jp2h',
      box('ihdr', hex('0000000400000004000107070000')),
      box('colr', hex('01000000000011')),
      box('colr', hex('020000'), colourProfile(plant)),
      box('lbl ', Buffer.from(plant('label'))),
    ),
    box('xml ', Buffer.from(`<name>${plant('xml box')}</name>`)),
    box('uuid', hex('be7acfcb97a942e89c71999491e3afac'), Buffer.from(plant('uuid box'))),
    box('jp2c', codestream(plant)),
    box('jp2i', Buffer.from(plant('rights'))),
  ]);
