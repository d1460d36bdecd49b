import { Injectable } from '@nestjs/common';
import type { Definition } from '../../kernel/definition.js';
import type { Naming, Trigger } from '../../kernel/intake-rules.js';
import { organizationSide, stateOf, stateSide } from '../../kernel/sides.js';
import type { Tx } from '../../platform/database/tx.js';
import { raise, Refused } from '../../platform/refused.js';
import { openFront } from '../accounts/index.js';
import { partyStanding } from '../directory/index.js';
import { IntakeService } from '../intake/index.js';
import { MechanismsService } from '../mechanisms/index.js';
import { assertStates, chooseSeat, Engine, type Proceeding } from '../proceedings/index.js';
import { partyRefused } from './communications.rules.js';

/** What somebody wants to file, and how. */
interface Asked {
  readonly mechanism: string;
  readonly trigger: string;
  readonly party: string;
  readonly naming: Naming;
  readonly organization?: string | undefined;
  readonly as?: string | undefined;
  readonly test: boolean;
}

/** Opens what somebody files, where nobody else sees it, under the newest version of its procedure. */
@Injectable()
export class OpenCommunication {
  constructor(
    private readonly engine: Engine,
    private readonly intake: IntakeService,
    private readonly mechanisms: MechanismsService,
  ) {}

  /**
   * @throws Refused `unknown-mechanism`, `unknown-trigger`, `naming-not-offered`, `unknown-state`,
   *   `party-mismatched`, `not-a-party`, and as a seat is refused
   */
  async run(tx: Tx, asked: Asked): Promise<Proceeding> {
    const { mechanism, party, naming, test } = asked;
    const definition = this.mechanisms.latest(mechanism, { draft: test });
    if (!definition?.triggers) throw new Refused('unknown-mechanism', { mechanism });
    const trigger = triggerOf(definition, asked.trigger);
    const offered = definition.intake?.naming ?? [];
    if (!offered.includes(naming)) throw new Refused('naming-not-offered', { offered });
    await assertStates(tx, [party]);
    const side = await sideOf(tx, definition, trigger, asked);
    raise(partyRefused(trigger, { side, party }));
    await assertParty(tx, definition, trigger, party);
    const author = stateOf(side);
    if (author !== undefined) await assertParty(tx, definition, trigger, author);
    const basis = trigger.trigger;
    const opened = await this.engine.open(tx, {
      definition,
      subject: party,
      slotId: null,
      trigger: basis,
      test,
      by: trigger.by,
      preparedBy: side,
      participants: [
        { role: trigger.by, principal: side, basis },
        { role: trigger.about, principal: stateSide(party), basis },
      ],
    });
    await this.intake.begin(tx, opened.id, side, naming);
    return opened;
  }
}

/**
 * Only what a Party did can be brought up, and of States only Parties bring it. That it has opted out is for the Committee to hold against
 * what is filed.
 *
 * @throws Refused `not-a-party`
 */
async function assertParty(
  tx: Tx,
  { treaty }: Definition,
  { trigger }: Trigger,
  iso3: string,
): Promise<void> {
  if (treaty === undefined) return;
  const on = tx.now.toISOString().slice(0, 10);
  const asked = { treaty, iso3, procedure: trigger, on };
  const { party } = await partyStanding(tx, asked);
  if (!party) throw new Refused('not-a-party', { treaty, party: iso3, on });
}

/** @throws Refused `unknown-trigger` */
function triggerOf({ triggers = [] }: Definition, name: string): Trigger {
  const known = triggers.find(({ trigger }) => trigger === name);
  if (known) return known;
  throw new Refused('unknown-trigger', { triggers: triggers.map(({ trigger }) => trigger) });
}

/**
 * The side that files: a State through its delegation; a member of the public through a side that is
 * made for this one case, behind which nobody can look.
 */
async function sideOf(
  tx: Tx,
  { roles }: Definition,
  { by }: Trigger,
  { organization, as }: Pick<Asked, 'organization' | 'as'>,
): Promise<string> {
  const seats = tx.viewer?.seats ?? [];
  const prepare = { by: [by], as, permission: 'prepare' } as const;
  const holder = roles.find(({ role }) => role === by)?.holder;
  if (holder !== 'communicant') {
    const fitting = seats.filter(({ side }) => side.startsWith(`${holder}:`));
    return chooseSeat(fitting, prepare).side;
  }
  const front = organization === undefined ? null : organizationSide(organization);
  return (await openFront(tx, front)).side;
}
