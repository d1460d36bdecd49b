import { png } from './images.js';
import type { Plant } from './telling-docx.js';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');
const padded = (content: Buffer): Buffer =>
  Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
const longs = (...numbers: readonly number[]): Buffer => {
  const whole = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, at) => whole.writeInt32LE(number | 0, 4 * at));
  return whole;
};

const emr = (type: number, content: Buffer): Buffer => {
  const body = padded(content);
  return Buffer.concat([longs(type, body.length + 8), body]);
};
const comment = (content: Buffer): Buffer =>
  emr(70, Buffer.concat([longs(content.length), content]));
const plus = (type: number, flags: number, content: Buffer = Buffer.of()): Buffer => {
  const body = padded(content);
  const head = Buffer.alloc(12);
  head.writeUInt16LE(type);
  head.writeUInt16LE(flags, 2);
  head.writeUInt32LE(12 + body.length, 4);
  head.writeUInt32LE(body.length, 8);
  return Buffer.concat([head, body]);
};
const emfPlus = (...records: readonly Buffer[]): Buffer =>
  comment(Buffer.concat([latin('EMF+'), ...records]));
const RECTANGLE = emr(43, longs(1, 1, 9, 9));
const PLUS_HEADER = longs(0xdbc01002, 0, 96, 96);

/** An EMF whose header says who made it; `records` stand between it and the end. */
function emf(description: string, records: readonly Buffer[]): Buffer {
  const said = wide(description);
  const head = Buffer.alloc(108);
  longs(1, 0, 0, 0, 10, 10, 0, 0, 300, 300).copy(head);
  head.write(' EMF', 40, 'latin1');
  head.writeUInt32LE(0x10000, 44);
  head.writeUInt16LE(1, 56);
  longs(said.length / 2, 108, 0, 100, 100, 30, 30).copy(head, 60);
  longs(30_000, 30_000).copy(head, 100);
  const header = padded(Buffer.concat([head, said]));
  header.writeUInt32LE(header.length, 4);
  const all = [header, ...records, emr(14, longs(0, 16, 20))];
  const whole = Buffer.concat(all);
  whole.writeUInt32LE(whole.length, 48);
  whole.writeUInt32LE(all.length, 52);
  return whole;
}

/** A rectangle, drawn by records of both kinds. */
export const tellingEmf = (plant: Plant): Buffer =>
  Buffer.concat([
    emf(`${plant('program')}\0${plant('title')}\0\0`, [
      comment(latin(plant('private comment'))),
      comment(Buffer.concat([latin('GDIC'), longs(2, 0, 0, 9, 9, 20), wide(plant('group'))])),
      emfPlus(plus(0x4001, 1, PLUS_HEADER), plus(0x4003, 0, latin(plant('comment of EMF+')))),
      emfPlus(plus(0x4008, 0x500, latin(plant('picture of EMF+')))),
      RECTANGLE,
      emr(106, latin(plant('escape'))),
      emr(110, wide(plant('printer'))),
      emr(122, wide(`C:\\Users\\${plant('colour space')}`)),
      emr(113, latin(plant('profile'))),
      emr(999, latin(plant('unknown record'))),
    ]),
    latin(plant('behind')),
  ]);

/** Drawn by EMF+ alone, with a comment among what draws. */
export const plusEmf = (plant: Plant): Buffer =>
  emf(plant('title').padEnd(30, '\0'), [
    emfPlus(
      plus(0x4001, 0, PLUS_HEADER),
      plus(0x4003, 0, latin(plant('comment of EMF+'))),
      plus(0x400a, 0x8000, longs(0xff0000, 1, 0)),
    ),
    emfPlus(plus(0x4003, 0, latin(plant('comment alone')))),
    emfPlus(plus(0x4002, 0)),
  ]);

/** Drawn by EMF+ alone, with another picture in it. */
export const picturedEmf = (): Buffer =>
  emf('', [emfPlus(plus(0x4001, 0, PLUS_HEADER), plus(0x4008, 0x500, png()))]);

/** With a PNG that is handed to the printer as it is. */
export const printedEmf = (): Buffer =>
  emf('', [emr(81, Buffer.concat([longs(0, 0, 1, 1), png()]))]);

const wmr = (type: number, content: Buffer): Buffer => {
  const body = Buffer.concat([content, Buffer.alloc(content.length % 2)]);
  const head = longs(3 + body.length / 2, type).subarray(0, 6);
  return Buffer.concat([head, body]);
};
const escape = (kind: number, content: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(kind);
  head.writeUInt16LE(content.length, 2);
  return wmr(0x0626, Buffer.concat([head, content]));
};

export function tellingWmf(plant: Plant): Buffer {
  const records = [
    wmr(0x0103, Buffer.of(8, 0)),
    escape(15, latin(plant('comment'))),
    escape(15, Buffer.concat([latin('WMFC'), wide(plant('whole picture inside'))])),
    wmr(0x041b, Buffer.from('0900090001000100', 'hex')),
    escape(0x1000, latin(plant('printer'))),
    wmr(0, Buffer.of()),
  ];
  const placeable = Buffer.from('d7cdc69a000000000000640064006000000000000000', 'hex');
  for (let at = 0; at < 20; at += 2) {
    placeable.writeUInt16LE(placeable.readUInt16LE(20) ^ placeable.readUInt16LE(at), 20);
  }
  const body = Buffer.concat(records);
  const head = Buffer.from('010009000003000000000000000000000000', 'hex');
  head.writeUInt32LE((18 + body.length) / 2, 6);
  head.writeUInt32LE(Math.max(...records.map(({ length }) => length / 2)), 12);
  return Buffer.concat([placeable, head, body, latin(plant('behind'))]);
}

const action = (type: number, content: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(type);
  head.writeUInt16LE(1, 2);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
};
const svm = (actions: readonly Buffer[]): Buffer =>
  Buffer.concat([latin('VCLMTF\x01\0\x08\0\0\0'), longs(0, actions.length), ...actions]);
const remark = (text: string): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length);
  return action(512, Buffer.concat([length, latin(text)]));
};
const PIXEL = action(100, longs(1, 1, 0xff0000));

/** LibreOffice's: a pixel, and another one that is drawn transparently, as a metafile again. */
export const tellingSvm = (plant: Plant): Buffer =>
  Buffer.concat([
    svm([
      remark(plant('comment')),
      PIXEL,
      action(
        147,
        Buffer.concat([svm([remark(plant('comment inside')), PIXEL]), longs(0, 0, 9, 9)]),
      ),
    ]),
    latin(plant('behind')),
  ]);

/** With a PostScript file in it. */
export const postscriptSvm = (): Buffer => svm([action(143, latin('%!PS-Adobe-3.0 EPSF-3.0'))]);
