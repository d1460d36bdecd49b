import { shortName } from './docx-rules.js';
import type { XmlElement } from './xml-filter.js';

const listed = (value: string): string[] => value.split(/\s+/).filter(Boolean);

/** The namespaces of a part: those of programs and organizations go with all that uses them. */
export class Namespaces {
  private readonly gone = new Set<string>();

  /** @returns whether the element can stay: a choice may ask for what is gone */
  forget({ uri, attributes, namespaces }: XmlElement): boolean {
    for (const [prefix, name] of Object.entries(namespaces)) {
      if (shortName(name) !== undefined) continue;
      this.gone.add(prefix);
      delete namespaces[prefix];
    }
    const isHere = (prefix: string) => !this.gone.has(prefix);
    for (const attribute of attributes) {
      // Which prefixes a reader may pass over: each has to be declared.
      if (shortName(attribute.uri) === 'mc') {
        attribute.value = listed(attribute.value).filter(isHere).join(' ');
      }
    }
    const needed = attributes.find(({ local }) => local === 'Requires');
    return shortName(uri) !== 'mc' || listed(needed?.value ?? '').every(isHere);
  }
}
