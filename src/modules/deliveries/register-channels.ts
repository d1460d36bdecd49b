import { Injectable } from '@nestjs/common';
import type { Language } from '../../platform/labels/languages.js';
import type { NoticeAnswer } from '../notices/index.js';

export type ChannelName = 'mail' | 'webhook';

/** What leaves in one go to one recipient: one notice, or those of a digest. */
export interface Letter {
  /** Stays the same however often it is attempted: a receiver knows a repeat by it. */
  readonly id: string;
  readonly accountId: string;
  /** The webhook; null where the account itself is the target. */
  readonly target: string | null;
  /** The first is 1. */
  readonly attempt: number;
  /** It may have arrived before: an attempt was cut off before its answer was known, or somebody asked for it again. */
  readonly again: boolean;
  readonly language: Language;
  /** As the recipient may read them now, in the order of their telling; never empty. */
  readonly notices: readonly NoticeAnswer[];
}

/** Why a letter was not taken. */
export class Undelivered extends Error {
  constructor(
    /** What the other side said, or what stood in the way; shown to the recipient. */
    readonly answer: string,
    /** The same would be said again. */
    readonly forGood: boolean,
    /** Nothing was heard from the other side: it may have arrived. */
    readonly unreached: boolean,
  ) {
    super('the letter was not taken');
  }
}

/** It is not the time for this letter: nothing was tried. */
export class Postponed extends Error {
  constructor(
    /** Until it is looked at again. */
    readonly seconds: number,
  ) {
    super('the letter waits');
  }
}

/** A letter that is ready to be handed over. */
export interface Ready {
  /** Who takes it, for many letters: a host, or the one server of all mail. */
  readonly place: string;
  /**
   * Hands it to the other side, within a minute. No transaction is open meanwhile.
   *
   * @returns what the other side answered when it took it
   * @throws Undelivered when it did not
   * @throws Postponed when it was not asked, for now
   */
  readonly hand: () => Promise<string>;
  /** Gives back to others what preparing took: nothing was tried. */
  readonly giveBack?: () => Promise<void>;
}

/** A way to reach people outside. */
export interface Channel {
  readonly name: ChannelName;
  /**
   * Finds out where a letter goes.
   *
   * @throws Undelivered where it goes nowhere
   * @throws Postponed where nothing is to be tried for now
   */
  prepare(letter: Letter): Promise<Ready>;
}

/** The ways that modules registered at start; the worker sends through them. */
@Injectable()
export class Channels {
  readonly #channels = new Map<ChannelName, Channel>();

  /** @throws Error when two modules claim one name */
  add(channel: Channel): void {
    if (this.#channels.has(channel.name)) throw new Error(`two ways called ${channel.name}`);
    this.#channels.set(channel.name, channel);
  }

  /** @throws Error for a name that nobody registered */
  get(name: ChannelName): Channel {
    const channel = this.#channels.get(name);
    if (!channel) throw new Error(`no way called ${name}`);
    return channel;
  }
}
