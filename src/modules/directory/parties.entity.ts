import { Column, Entity, PrimaryColumn } from 'typeorm';

/** For how long a treaty has been in force for somebody. Dates are ISO calendar dates. */
@Entity({ schema: 'reference', name: 'party' })
export class Party {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'party_pk' }) id!: string;
  @Column('text') treatyKey!: string;
  @Column('text') iso3!: string;
  @Column('date') inForceFrom!: string;
  @Column('date', { nullable: true }) inForceUntil!: string | null;
  @Column('text', { nullable: true }) source!: string | null;
}

/** That a Party does not accept a procedure for some time. */
@Entity({ schema: 'reference', name: 'opt_out' })
export class OptOut {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opt_out_pk' }) id!: string;
  @Column('text') treatyKey!: string;
  @Column('text') iso3!: string;
  @Column('text') procedure!: string;
  @Column('date') validFrom!: string;
  @Column('date') validUntil!: string;
  @Column('text', { nullable: true }) source!: string | null;
}

/** What is on record of a period or an opt-out. */
interface Recorded {
  readonly from: string;
  readonly until: string | null;
  readonly source: string | null;
}

/** What a secretariat has entered, or changed. */
@Entity({ schema: 'reference', name: 'party_change' })
export class PartyChange {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'party_change_pk' }) id!: string;
  @Column('uuid', { nullable: true }) partyId!: string | null;
  @Column('uuid', { nullable: true }) optOutId!: string | null;
  @Column('timestamptz') at!: Date;
  @Column('text') bySide!: string;
  /** Null where it was entered. */
  @Column('jsonb', { nullable: true }) was!: Recorded | null;
  @Column('jsonb') isNow!: Recorded;
}
