import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Definition } from '../../kernel/definition.js';
import type { Holidays } from '../../kernel/working-days.js';
import type { HolidayCalendar } from './definition.schemas.js';

/** What is remembered of a version, so that it cannot change under its number. */
export interface Pin {
  readonly key: string;
  readonly version: number;
  /** `digestOf` the definition, lower-case hexadecimal. */
  readonly digest: string;
  readonly draft: boolean;
}

/** SHA-256 of a definition's canonical text (RFC 8785): comments and layout don't count. */
export const digestOf = (definition: Definition): string =>
  createHash('sha256')
    .update(canonicalize(definition) ?? '')
    .digest('hex');

export const pinOf = (definition: Definition): Pin => ({
  key: definition.key,
  version: definition.version,
  digest: digestOf(definition),
  draft: definition.draft,
});

/** A version that changed although it may not. */
interface PinFault {
  readonly key: string;
  readonly version: number;
  readonly message: string;
}

/**
 * Which versions changed although they may not: same key and number, another digest, and
 * not remembered as a draft. A draft may change, and may cease to be one.
 */
export const pinFaults = (stored: readonly Pin[], current: readonly Pin[]): PinFault[] =>
  current
    .filter((pin) =>
      stored.some(
        (old) =>
          old.key === pin.key &&
          old.version === pin.version &&
          old.digest !== pin.digest &&
          !old.draft,
      ),
    )
    .map(({ key, version }) => ({
      key,
      version,
      message: `${key} version ${version} has changed; give it a new version number instead`,
    }));

/** All days of a calendar on which nobody works. */
export const holidaysOf = (calendar: HolidayCalendar): Holidays =>
  new Set(calendar.years.flatMap((year) => year.days.map((day) => day.date)));
