/** A file that is not taken: the code is of the catalogue, the facts say what was found. */
export class FormatRefused extends Error {
  override readonly name = 'FormatRefused';

  constructor(
    readonly code: string,
    readonly facts: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
  }
}

export const unscrubbablePicture = (part: string): FormatRefused =>
  new FormatRefused('unscrubbable', { part, mend: 'replace the picture by a PNG or JPEG' });
