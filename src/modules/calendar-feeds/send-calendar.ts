import { Injectable } from '@nestjs/common';
import { Environment } from '../../config/environment.js';
import type { Definition } from '../../kernel/definition.js';
import { rolesOf } from '../../kernel/roles.js';
import { PublicReader } from '../../platform/database/public-reader.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { made, type Download } from '../../platform/http/answers.js';
import type { Input } from '../../platform/http/operation.js';
import { hashToken } from '../../platform/identity/tokens.js';
import type { Viewer } from '../../platform/identity/viewer.js';
import { labelOf } from '../../platform/labels/labels.js';
import type { Language } from '../../platform/labels/languages.js';
import { found } from '../../platform/refused.js';
import { sessionById, slotsById, slotsOfSession } from '../calendar/index.js';
import { shortNamesIn } from '../directory/index.js';
import { MechanismsService } from '../mechanisms/index.js';
import { Engine, proceedingsTaken, showDeadlines } from '../proceedings/index.js';
import {
  KEPT,
  deadlineEvent,
  sessionEvent,
  slotEvents,
  type CalendarEvent,
  type Told,
} from './calendar-feeds.rules.js';
import {
  ICALENDAR,
  type readCalendarFeed,
  type readSessionCalendar,
} from './calendar-feeds.schemas.js';
import { CALENDAR_WORDS } from './calendar-words.rules.js';
import { writeCalendar } from './write-calendar.js';

/** The owner of a feed, who reads in the language of their account. */
type Reader = Viewer & { readonly language: Language };

/** Calendars for programs that can prove nothing but that they know an address. */
@Injectable()
export class SendCalendar {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: PublicReader,
    private readonly engine: Engine,
    private readonly mechanisms: MechanismsService,
    private readonly environment: Environment,
  ) {}

  /**
   * What the owner of this address may see now.
   *
   * @throws Refused `not-found` for an address that is unknown, has ended, or whose owner's account is
   *   disabled
   */
  async feed({ params }: Input<typeof readCalendarFeed>): Promise<Download> {
    const row = await this.work.identity<{ answer: Reader | null }>('identity.redeem_feed', [
      hashToken(params.token),
    ]);
    const owner = found(row?.answer);
    const events = await this.work.read(owner, (tx) => this.ownEvents(tx, owner));
    return calendar(CALENDAR_WORDS[owner.language].title, events);
  }

  /** What the schedule of a session tells everybody: nothing of any proceeding. */
  async session({ params, language }: Input<typeof readSessionCalendar>): Promise<Download> {
    const session = found(await sessionById(this.reader, params.id));
    const slots = await slotsOfSession(this.reader, session.id);
    const states = slots.map(({ state }) => state);
    const names = await shortNamesIn(this.reader, states, language);
    const definition = found(this.mechanisms.latest(session.mechanism));
    const procedure = this.labelOf(definition, ['title', definition.key], language);
    const url = `${this.environment.url}/v1/sessions/${session.id}`;
    const events = slots.flatMap((slot) =>
      slotEvents(slot, {
        language,
        state: names.get(slot.state) ?? slot.state,
        procedure,
        url: `${url}/schedule`,
        rehearsal: false,
      }),
    );
    return calendar(session.title, [sessionEvent(session, { procedure, url }), ...events]);
  }

  private async ownEvents(tx: Tx, { seats, language }: Reader): Promise<CalendarEvent[]> {
    const principals = seats.map(({ principalId }) => principalId);
    const since = new Date(tx.now.getTime() - KEPT);
    const procedures = this.standingIn(seats);
    const taken = await proceedingsTaken(tx, principals, { procedures, since });
    const standings = await this.engine.standings(tx, taken);
    const deadlines = await showDeadlines(tx, this.engine, standings);
    const states = taken.map(({ subject }) => subject);
    const names = await shortNamesIn(tx, states, language);
    const slots = await slotsById(
      tx,
      taken.flatMap(({ slotId }) => slotId ?? []),
    );
    return standings.flatMap(({ proceeding, definition }) => {
      const told: Told = {
        language,
        state: names.get(proceeding.subject) ?? proceeding.subject,
        procedure: this.labelOf(definition, ['title', definition.key], language),
        url: `${this.environment.url}/v1/reviews/${proceeding.id}`,
        rehearsal: proceeding.test,
      };
      const due = found(deadlines.get(proceeding.id)).flatMap((deadline) => {
        const label = this.labelOf(definition, ['deadlines', deadline.key], language);
        return deadlineEvent(deadline, label, { told, now: tx.now }) ?? [];
      });
      const held = slots.filter(({ id }) => id === proceeding.slotId);
      return [...due, ...held.flatMap((slot) => slotEvents(slot, told))];
    });
  }

  /** The procedures in which one of the sides has a role as such, and not as one of a group. */
  private standingIn(seats: Viewer['seats']) {
    const own = seats.map(({ side, role }) => ({ principal: side, role }));
    return this.mechanisms
      .all()
      .filter((definition) => rolesOf(definition, { participants: [], seats: own }).length > 0)
      .map(({ key: mechanism, version }) => ({ mechanism, version }));
  }

  private labelOf(
    definition: Definition,
    [vocabulary, code]: readonly [string, string],
    language: Language,
  ): string {
    const words = this.mechanisms.vocabularies(definition)[vocabulary]?.[code];
    return labelOf(words, language, code);
  }
}

const calendar = (title: string, events: readonly CalendarEvent[]): Download =>
  made(writeCalendar(title, events), {
    mediaType: `${ICALENDAR}; charset=utf-8`,
    fileName: 'calendar.ics',
  });
