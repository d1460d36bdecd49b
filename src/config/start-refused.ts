/** The house does not open: the message says everything that must be mended, for a person. */
export class StartRefused extends Error {
  override readonly name: string = 'StartRefused';
}
