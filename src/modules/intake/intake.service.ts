import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { offeredAll } from '../../kernel/offered.js';
import { deskOf } from '../../kernel/sides.js';
import type { IntakeRule, Naming } from '../../kernel/intake-rules.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { append } from '../../platform/journal/journal.js';
import { codeRefusing, expectVersion, found, Refused } from '../../platform/refused.js';
import { Engine, seatedSide, type Standing } from '../proceedings/index.js';
import { Communicant, Intake, IntakeParagraph } from './intake.entity.js';
import { presentCommunicants, presentForm } from './intake.presenter.js';
import { clearCommunicants, clearForm } from './intake.repository.js';
import { readersOf, whereNamed } from './intake.rules.js';
import type * as op from './intake.schemas.js';
import { SealNames } from './seal-names.js';

/** A form, and the side that prepares it, where that is the viewer's. */
interface Preparing {
  readonly standing: Standing;
  readonly intake: Intake;
  readonly rule: IntakeRule;
  readonly side: string;
}

/** The form by which something is filed: prepared where nobody else sees it. */
@Injectable()
export class IntakeService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
    private readonly names: SealNames,
  ) {}

  /** Begins the form of a proceeding that was just opened, in the desk of who prepares it. */
  async begin(tx: Tx, proceedingId: string, side: string, naming: Naming): Promise<void> {
    const compartment = deskOf(side);
    await tx.insert(Intake, { id: randomUUID(), proceedingId, compartment, naming, version: 1 });
  }

  get({ viewer, params }: Input<typeof op.getIntake>) {
    return this.work.read(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id);
      return this.show(tx, standing);
    });
  }

  fill({ viewer, params, body, ifMatch }: Input<typeof op.putIntakeField>) {
    return this.work.write(viewer, async (tx) => {
      const { field } = params;
      const { standing, intake, rule, side } = await this.preparing(tx, params.id, ifMatch);
      if (!rule.fields.some((each) => each.field === field)) {
        throw new Refused('unknown-intake-field', {
          fields: rule.fields.map((each) => each.field),
        });
      }
      const { proceedingId, compartment } = intake;
      await clearForm(tx, intake, field);
      const rows = body.paragraphs.map(({ text, inConfidence }, place): IntakeParagraph => {
        const { ground = null, explanation = null } = inConfidence ?? {};
        const row = { id: randomUUID(), proceedingId, compartment, field, place, text };
        return { ...row, inConfidence: ground !== null, ground, explanation };
      });
      await tx.insert(IntakeParagraph, rows);
      await this.changed(tx, intake, { side, what: 'intake-edited', facts: { field } });
      return this.show(tx, standing);
    });
  }

  communicants({ viewer, params }: Input<typeof op.getCommunicants>) {
    return this.work.read(viewer, async (tx) => {
      await this.engine.standing(tx, params.id);
      return this.showCommunicants(tx, params.id);
    });
  }

  name({ viewer, params, body, ifMatch }: Input<typeof op.putCommunicants>) {
    return this.work.write(viewer, async (tx) => {
      const { naming } = body;
      const { intake, rule, side } = await this.preparing(tx, params.id, ifMatch);
      if (!rule.naming.includes(naming)) {
        throw new Refused('naming-not-offered', { offered: [...rule.naming] });
      }
      const { proceedingId, compartment } = intake;
      const sealed = naming === 'sealed';
      await clearCommunicants(tx, intake);
      for (const [place, { kind, name, contact = null }] of body.communicants.entries()) {
        const row = { id: randomUUID(), proceedingId, compartment, place, kind };
        const open = sealed ? { name: null, contact: null } : { name, contact };
        await tx.insert(Communicant, { ...row, ...open });
        if (sealed) await this.names.keep(tx, row, { name, contact });
      }
      const facts = { naming, communicants: body.communicants.length };
      await this.changed(tx, intake, { side, what: 'communicants-named', facts, naming });
      return this.showCommunicants(tx, proceedingId);
    });
  }

  readers({ viewer, params }: Input<typeof op.getIntakeReaders>) {
    return this.work.read(viewer, async (tx) => {
      const { definition, participants } = await this.engine.standing(tx, params.id);
      const { naming, compartment, proceedingId } = found(await intakeOf(tx, params.id));
      const own = participants
        .filter(({ principal }) => deskOf(principal) === compartment)
        .map(({ role }) => role);
      const place = whereNamed(naming);
      const held = definition.roles
        .filter(({ principal }) => principal !== undefined)
        .map(({ role }) => role)
        .concat(participants.map(({ role }) => role))
        .filter((role) => !own.includes(role));
      const others = (where: string) =>
        readersOf(definition, where, own).filter(({ role }) => held.includes(role));
      const where = { proceedingId, compartment, inConfidence: true };
      return {
        naming,
        names: place === null ? [] : others(place),
        contacts: place === null ? [] : others('filed:*'),
        text: others('parties'),
        inConfidence: others('filed:*'),
        paragraphsInConfidence: (await tx.find(IntakeParagraph, where)).length,
        toEverybody: naming === 'public',
      };
    });
  }

  /**
   * The form, to be changed by the viewer: under the proceeding's lock.
   *
   * @throws Refused `not-found`, `not-offered`, `wrong-role`, `permission-missing`,
   *   `already-submitted`, `stale`
   */
  private async preparing(tx: Tx, id: string, ifMatch: number | undefined): Promise<Preparing> {
    const standing = await this.engine.standing(tx, id, { lock: true });
    const rule = ruleOf(standing);
    const intake = await intakeOf(tx, id);
    const side = seatedSide(tx, sidesPreparing(standing), 'prepare');
    expectVersion(ifMatch, found(intake).version);
    assertPrepared(standing, rule);
    return { standing, intake: found(intake), rule, side };
  }

  /** Takes the next version of the form, and tells the journal of the desk that it changed. */
  private async changed(
    tx: Tx,
    { id, proceedingId, compartment, version, naming }: Intake,
    told: {
      readonly side: string;
      readonly what: string;
      readonly facts: Readonly<Record<string, string | number>>;
      readonly naming?: Naming;
    },
  ): Promise<void> {
    const set = { version: version + 1, naming: told.naming ?? naming };
    const swapped = await tx.update(Intake, { id, version }, set);
    if (swapped === 0) throw new Refused('stale', { version });
    const { side: by, what, facts } = told;
    await append(tx, { proceedingId, compartment, what, by, at: tx.now, facts });
  }

  private async show(tx: Tx, standing: Standing) {
    const rule = ruleOf(standing);
    const { id, status } = standing.proceeding;
    const intake = await intakeOf(tx, id);
    const rows = await tx.find(IntakeParagraph, { proceedingId: id });
    const edit = codeRefusing(() => {
      seatedSide(tx, sidesPreparing(standing), 'prepare');
      assertPrepared(standing, rule);
    });
    return {
      naming: intake?.naming ?? null,
      namings: [...rule.naming],
      ...presentForm(rule, rows, status === rule.during),
      version: intake?.version ?? null,
      actions: offeredAll({ edit }),
    };
  }

  private async showCommunicants(tx: Tx, id: string) {
    const intake = await intakeOf(tx, id);
    const rows = await tx.find(Communicant, { proceedingId: id });
    const sealed = intake?.naming === 'sealed' ? await this.names.own(tx, id) : new Map();
    return {
      naming: intake?.naming ?? null,
      communicants: presentCommunicants(rows, sealed),
      version: intake?.version ?? null,
    };
  }
}

/** Read by those alone whose desk it lies in. */
const intakeOf = (tx: Tx, proceedingId: string): Promise<Intake | undefined> =>
  tx.findOne(Intake, { proceedingId });

/** @throws Refused `not-offered` */
function ruleOf({ definition }: Standing): IntakeRule {
  if (!definition.intake) throw new Refused('not-offered');
  return definition.intake;
}

/** @throws Refused `already-submitted` */
function assertPrepared({ proceeding: { status } }: Standing, { during }: IntakeRule): void {
  if (status !== during) throw new Refused('already-submitted', { status });
}

/** The sides that file: those who take part as what some trigger makes of whoever files. */
const sidesPreparing = ({ definition, participants }: Standing): string[] => {
  const by = (definition.triggers ?? []).map((trigger) => trigger.by);
  return participants.filter(({ role }) => by.includes(role)).map(({ principal }) => principal);
};
