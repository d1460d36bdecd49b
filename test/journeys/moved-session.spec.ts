import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Leaving } from '../factories/deliveries.js';
import { makeWebhook } from '../factories/webhooks.js';
import type { Client } from '../setup/api.js';
import { Receiver } from '../setup/receiver.js';

/** A session that moves by a week: whoever is bound by what moves with it is told so at once. */
describe('a moved session', () => {
  let house: Leaving;
  let review: string;
  let head: Client;
  let france: Client;
  let observer: Client;
  let receiver: Receiver;
  beforeAll(async () => {
    house = await Leaving.build('2026-09-01T09:00:00Z');
    head = await house.world.delegation('SVN');
    france = await house.world.delegation('FRA');
    observer = (await house.world.organization('Observers')).head;
    review = await house.world.review('SVN');
    await house.settled();
    const later = { digest: 'daily', quiet: quietNow() };
    await house.wish(head, { language: 'fr', zone: 'America/New_York', ...later });
    await house.wish(france, { language: 'es', zone: 'Asia/Kathmandu', ...later });
    await house.wish(observer, { mail: 'urgent', muted: ['deadline-recomputed'] });
    await house.world.reach(review, 'SVN', 'preparation');
    await house.settled();
    receiver = await Receiver.start();
    await makeWebhook(france, receiver.url);
    await house.moveSession();
  }, 60_000);
  afterAll(async () => {
    await house?.stop();
    await receiver?.down();
  });

  /** Those that no click ends. */
  const urgent = async (who: Client) =>
    (await house.mails(who)).filter(({ text }) => !text!.includes('/v1/unsubscriptions/'));

  it('is told in one mail each, past digests and quiet hours', async () => {
    for (const [who, many] of [
      [head, 5],
      [france, 1],
      [observer, 1],
    ] as const) {
      expect(await house.notices(who, 'deadline-recomputed')).toHaveLength(many);
      expect(await urgent(who)).toHaveLength(1);
      const sent = (await house.planned(who)).filter(
        ({ event, channel }) => event === 'deadline-recomputed' && channel === 'mail',
      );
      expect(sent.map(({ status }) => status)).toEqual(
        Array.from({ length: many }, () => 'accepted'),
      );
      expect(new Set(sent.map(({ letter }) => letter)).size).toBe(1);
    }
    // What can wait still does.
    const waits = (await house.planned(head)).filter(({ status }) => status === 'queued');
    expect(waits.length).toBeGreaterThan(0);
  });

  it('is told with every deadline, its old and its new date, in their language and zone', async () => {
    const [mail] = await urgent(head);
    expect(mail!.subject).toBe(
      'Slovénie : nouvelle date pour « Présentation du rapport national » (et 4 de plus)',
    );
    expect(mail!.headers.get('content-language')).toBe('fr');
    const told = mail!.text!.matchAll(
      /^Examen périodique universel, Slovénie : le délai « (.+) » a été déplacé du (.+) au (.+)\.$/gm,
    );
    const lines = [...told].map(([, deadline, ...days]) => [
      deadline,
      ...days.map((day) => day.replace(' (America/New_York)', '')),
    ]);
    // Clocks change in New York on 14 March, where deadlines are counted on the 28th.
    expect(lines).toEqual([
      ['Présentation du rapport national', '8 février 2027 à 11:00', '15 février 2027 à 11:00'],
      ['Communications des parties prenantes', '3 octobre 2026 à 06:00', '10 octobre 2026 à 06:00'],
      ['Compilation des renseignements de l’ONU', '22 mars 2027 à 12:00', '29 mars 2027 à 11:00'],
      [
        'Résumé des communications des parties prenantes',
        '22 mars 2027 à 12:00',
        '29 mars 2027 à 11:00',
      ],
      ['Questions écrites préalables', '19 avril 2027 à 11:00', '23 avril 2027 à 11:00'],
    ]);
    expect(mail!.text!.match(/\(America\/New_York\)/g)).toHaveLength(10);
    // Where to look is said once for all of them.
    expect(mail!.text!.split(`/v1/reviews/${review}`)).toHaveLength(2);
  });

  it('is told to whom one deadline binds as that one alone', async () => {
    const [mail] = await urgent(france);
    expect(mail!.headers.get('content-language')).toBe('es');
    expect(mail!.text).toContain(
      'se trasladó del 19 de abril de 2027 a las 20:45 (Asia/Kathmandu) ' +
        'al 23 de abril de 2027 a las 20:45 (Asia/Kathmandu)',
    );
    expect(mail!.text!.match(/se trasladó/g)).toHaveLength(1);
    const [other] = await urgent(observer);
    expect(other!.text).toContain(
      'from October 3, 2026 at 10:00 UTC to October 10, 2026 at 10:00 UTC',
    );
  });

  it('is told where the earlier mails about the review lie', async () => {
    const [opened, moved, ...more] = await house.mails(head);
    expect(opened!.subject).toBe('Slovenia: Proceeding opened');
    expect(more).toEqual([]);
    const { references, inReplyTo } = moved!;
    expect([references, inReplyTo]).toEqual([opened!.references, opened!.references]);
    expect(opened!.references).toMatch(/^<thread-/);
  });

  it('is told once more when it moves again, together with what falls away', async () => {
    receiver.received.length = 0;
    // What is counted from the plenary would be set later.
    await house.ledger.rows(
      `INSERT INTO casework.deadline SELECT (jsonb_populate_record(d, jsonb_build_object(
         'id', gen_random_uuid(), 'key', 'positions'))).*
       FROM casework.deadline d WHERE d.key = 'national-report' AND d.proceeding_id = $1`,
      [review],
    );
    await house.moveSession(50, {
      starts: '2027-05-11T09:00:00+02:00',
      ends: '2027-05-11T12:30:00+02:00',
      outcomeStarts: null,
    });
    for (const who of [head, france, observer]) expect(await urgent(who)).toHaveLength(2);
    const mail = (await urgent(head)).at(-1)!;
    expect(mail.subject).toMatch(
      /^Slovénie : nouvelle date pour « Présentation du rapport national » \(et \d+ de plus\)$/,
    );
    expect(mail.text).toMatch(/le délai « .+ » a été déplacé du/);
    expect(mail.text).toMatch(/le délai « .+ » du .+ \(America\/New_York\) a été annulé\./);
    // A machine gets each notice by itself, as it stands in the inbox.
    const posted = receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type);
    expect(posted).toEqual(['notice.deadline-recomputed']);
  });
});

/** Quiet hours that last all day, whichever it is: but for the day before yesterday. */
function quietNow() {
  const today = new Date().getUTCDay() || 7;
  const noisy = ((today + 3) % 7) + 1;
  return { from: '00:00', to: '00:00', days: [1, 2, 3, 4, 5, 6, 7].filter((day) => day !== noisy) };
}
