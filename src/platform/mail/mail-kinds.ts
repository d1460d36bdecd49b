import { Injectable } from '@nestjs/common';
import type { Language } from '../labels/languages.js';

/** What a mail says, in one language. A token stands on a line of its own. */
export interface MailText {
  readonly subject: string;
  readonly before: readonly string[];
  /** What there is to tell, and where to look: what has none of its own, where the next says. */
  readonly items?: readonly { readonly words: string; readonly url: string | undefined }[];
  readonly token?: string;
  readonly after?: readonly string[];
}

/** What there is to write about, read when the mail goes out. */
interface Occasion {
  readonly language: Language;
  readonly told: Readonly<Record<string, string>>;
  /** Made for this mail alone; only its hash is kept, and only where the kind has a token. */
  readonly token: string;
  /** Where people reach the API. */
  readonly url: string;
}

export interface MailKind {
  readonly name: string;
  write(occasion: Occasion): MailText;
}

/** The kinds of mail that modules registered at start; the worker writes them. */
@Injectable()
export class MailKinds {
  readonly #kinds = new Map<string, MailKind>();

  /** @throws Error when two modules claim one name */
  add(...kinds: readonly MailKind[]): void {
    for (const kind of kinds) {
      if (this.#kinds.has(kind.name)) throw new Error(`two writers of the mail ${kind.name}`);
      this.#kinds.set(kind.name, kind);
    }
  }

  all(): readonly MailKind[] {
    return [...this.#kinds.values()];
  }

  /** @throws Error for a name that nobody writes */
  get(name: string): MailKind {
    const kind = this.#kinds.get(name);
    if (!kind) throw new Error(`nobody writes the mail ${name}`);
    return kind;
  }
}
